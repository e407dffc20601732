import { describe, expect, test } from "vitest";
import { contextOf } from "../../../support/model.ts";
import { answers, resultOf } from "../../../support/stage-questions.ts";

describe("files that commands write", () => {
  test.each<[string, Record<string, string>]>([
    [
      "mkdir -p /a/b /c",
      {
        "path /a/b": "yes",
        "path /a": "yes",
        "path /c": "yes",
        "path /a/x": "no",
        "file /a/b": "directory by RUN",
      },
    ],
    ["touch /a && rm /a", { "path /a": "no" }],
    ["mkdir /a && touch /a/f && rm -rf /a", { "path /a/f": "no", "path /a": "no" }],
    ["echo hi > /a/b.txt", { "file /a/b.txt": "file by RUN" }],
    ["touch /a || true", { "path /a": "?" }],
    ["touch /a; rm /a || true", { "path /a": "?" }],
    ["cd /srv && touch a", { "path /srv/a": "yes", "path /a": "no" }],
    ["(cd /srv && touch a); touch b", { "path /srv/a": "yes", "path /w/b": "yes" }],
    ["cd $(dirname x) && touch a", { "path /a": "?", "path /w/a": "?", "path /out": "?" }],
    ["for d in a b; do mkdir -p /srv/$d; done", { "path /srv/a": "?", "path /x/a": "?" }],
    ["read x && touch /srv/$x", { "path /srv/a": "?" }],
    [". /etc/os-release && touch /srv/$ID", { "path /srv/alpine": "?", "tool curl": "no" }],
    [". ./functions.sh", { "path /srv/a": "?", "tool curl": "?" }],
    ["cd $HOME && touch a ~/b", { "path /root/a": "yes", "path /root/b": "yes" }],
    ["x=$(mktemp -d) && cd $x && touch /a", { "path /a": "yes", "path /b": "no" }],
    ["gpg --dearmor -o /usr/share/keyrings/k.gpg", { "path /usr/share/keyrings/k.gpg": "yes" }],
    ["npm i -g x", { "path /usr/local/bin/x": "?", "path /srv/x": "no" }],
    ["curl -fsSLo /usr/local/bin/x https://e.com/y", { "path /usr/local/bin/x": "yes", "tool x": "yes" }],
    ["curl -O https://e.com/y.tgz?z", { "path /w/y.tgz": "yes" }],
    ["curl --output-dir /d -o x https://e.com/y", { "path /d/x": "yes", "path /w/x": "no" }],
    ["curl 'https://e.com/{a,b}.txt' -o 'd/#1.txt'", { "path /w/d/a.txt": "?", "path /w/a.txt": "no" }],
    ["curl -O 'https://e.com/[1-3].txt'", { "path /w/1.txt": "?", "path /v": "no" }],
    ["curl -O --remote-header-name https://e.com/y", { "path /w/z": "?", "path /v": "no" }],
    ["curl -K list", { "path /w/z": "?" }],
    ["wget https://e.com/y?z=x.tgz", { "path /w/y": "?", "path /v": "no" }],
    ["wget --content-disposition https://e.com/y", { "path /w/z": "?", "path /v": "no" }],
    ["wget -q -i list -P /d", { "path /d/z": "?", "path /w/list": "no" }],
    ["wget -mk https://e.com/", { "path /w/e.com": "?" }],
    ["command mkdir /a && builtin cd /a && touch b", { "path /a/b": "yes" }],
    ["command -v mkdir /a", { "path /a": "no" }],
    ["sort -uo /a b && uniq b /c && strip -o /d e", { "path /a": "yes", "path /c": "yes", "path /d": "yes" }],
    ["sort b | uniq -c", { "path /w/any": "no" }],
    ["awk -F: '$3 > 5 { print $1 }' a", { "path /w/any": "no" }],
    ["awk '{ print $1 > \"any\" }' a", { "path /w/any": "?" }],
    ["wget https://e.com/y.tgz -P /opt/z", { "path /opt/z/y.tgz": "yes" }],
    ["wget -qO- https://e.com/y.tgz | tar xz -C /opt/z", { "path /opt/z/any": "?", "path /w/any": "no" }],
    ["tar -xf /y.tgz", { "path /w/any": "?", "path /v": "no" }],
    ["mkdir /a && cp /etc/hosts /a/", { "path /a/hosts": "yes" }],
    ["mv /a /b", { "path /b": "yes", "path /a": "no" }],
    ["ln -s /usr/bin/env /e", { "path /e": "yes" }],
    ["install -D -m 755 x /opt/bin/x", { "path /opt/bin/x": "yes" }],
    [
      "git clone https://e.com/a/repo.git",
      { "path /w/repo": "yes", "path /w/repo/x": "?", "path /w/x": "no" },
    ],
    ["adduser -D app", { "path /home/app": "yes", "path /home/other": "no" }],
    ["go mod download", { "path /out": "no" }],
    ["npm run build", { "path /w/dist": "?", "path /out": "?" }],
    ["tee /a < /b", { "path /a": "yes" }],
    ["gcc -o /a main.c", { "path /a": "yes" }],
    ["gcc -static -pthread -o/a main.c", { "path /a": "yes" }],
    ["find / -name x -exec rm {} +", { "path /a": "no" }],
    ["find / -name x -exec ./y {} +", { "path /a": "?" }],
    ["xargs rm < list", { "path /a": "no" }],
  ])("%s", (command, questions) => {
    answers(questions)(Object.assign([""], { raw: [`FROM alpine:3.24\nWORKDIR /w\nRUN ${command}\n`] }));
  });

  test("not what is written to a mount", () => {
    answers({ "path /cache/x": "no", "path /out/x": "yes" })`
      FROM alpine:3.24
      RUN --mount=type=cache,target=/cache touch /cache/x && mkdir -p /out && touch /out/x
    `;
  });
});

describe("files that are copied", () => {
  const inputs = {
    context: contextOf({ "main.go": "", "web/index.html": "", "web/js/app.js": "", "conf/app.yaml": "" }),
  };

  test("from a context that is known", () => {
    answers(
      {
        "path /app/main.go": "yes",
        "path /app/web/index.html": "yes",
        "path /app/nope": "?",
        "path /site/js/app.js": "yes",
        "path /site/web": "?",
        "path /etc/app.yaml": "yes",
        "path /renamed.yaml": "yes",
      },
      inputs,
    )`
      FROM alpine:3.24
      WORKDIR /app
      COPY . .
      COPY web /site
      COPY conf/app.yaml /etc/
      COPY ["conf/app.yaml", "/renamed.yaml"]
    `;
  });

  test("copied again and again, and removed in between", () => {
    const context = contextOf({ ".dockerignore": "**/*.md\n", "a.txt": "", "web/b.txt": "" }, "given");
    const copies = (line: string, times: number) => `${line}\n`.repeat(times);
    const told = (middle: string, questions: Record<string, string>) => {
      const text = `FROM alpine:3.24\nWORKDIR /app\n${middle}`;
      answers(questions, { context })(Object.assign([""], { raw: [text] }));
    };
    told(copies("COPY . .", 500), { "path /app/a.txt": "yes", "path /app/a.md": "no" });
    told(`${copies("COPY . .", 200)}RUN rm a.txt\n`, {
      "path /app/a.txt": "no",
      "path /app/web/b.txt": "yes",
    });
    told(`${copies("COPY . .", 200)}RUN rm a.txt\n${copies("COPY . .", 2)}`, { "path /app/a.txt": "yes" });
    told(`COPY . .\n${copies("COPY web .", 200)}`, { "path /app/a.txt": "yes", "path /app/b.txt": "yes" });
    told(copies("COPY web .\nCOPY . .", 40), { "path /app/a.txt": "yes", "path /app/a.md": "no" });
    // So many different ones that nobody looks at all of them.
    told(copies("COPY web .\nCOPY . .", 60), { "path /app/a.md": "?", "path /app/a.txt": "yes" });
  });

  test("not what the ignore file keeps out", () => {
    const files = { ".dockerignore": "**/*.md\n", "web/a.js": "", "web/a.md": "" };
    const told = (is: string) => ({ "path /app/web/a.js": "yes", "path /app/web/a.md": is });
    // A guessed folder may be the wrong one.
    answers(told("?"), { context: contextOf(files) })`
      FROM alpine:3.24
      COPY . /app
    `;
    answers(told("no"), { context: contextOf(files, "given") })`
      FROM alpine:3.24
      COPY . /app
    `;
  });

  test("manifests are files, in whatever context", () => {
    answers({
      "file /app/package.json": "file by COPY",
      "path /app/yarn.lock": "no",
      "path /src/Cargo.lock": "?",
    })`
      FROM alpine:3.24
      COPY package.json /app/
      COPY Cargo.* /src/
    `;
  });

  test("from one that is not", () => {
    answers({
      "path /app/x": "?",
      "path /other": "no",
      "path /bin/api": "?",
      "file /app/go.mod": "file by COPY",
      "path /srv/api": "yes",
    })`
      FROM alpine:3.24
      WORKDIR /app
      COPY . .
      COPY go.mod ./
      COPY api /bin/
      COPY api /srv/api
    `;
  });

  test("from a stage: what it has, has not, may have", () => {
    answers({ "path /server": "yes", "path /d/a": "yes", "path /d/b": "no", "path /u/x": "?" })`
      FROM alpine:3.24 AS builder
      RUN mkdir /out && touch /out/a /server
      WORKDIR /un
      RUN tar xf /x.tar
      FROM scratch
      COPY --from=builder /server /
      COPY --from=builder /out /d
      COPY --from=builder /un /u
    `;
  });

  test("into a directory that is there", () => {
    answers({
      "path /usr/local/bin/a": "yes",
      "tool a": "yes",
      "path /w/a": "yes",
      "path /new": "yes",
      "path /new/a": "no",
    })`
      FROM alpine:3.24 AS builder
      RUN touch /a
      FROM alpine:3.24
      WORKDIR /w
      COPY --from=builder /a /usr/local/bin
      COPY --from=builder /a .
      COPY --from=builder /a /new
    `;
  });

  test("here-documents, URLs, archives", () => {
    answers({
      "path /etc/a": "yes",
      "path /etc/b.conf": "yes",
      "path /x/f.bin": "yes",
      "path /y/any": "?",
      "path /x/any": "no",
    })`
      FROM alpine:3.24
      COPY <<a <<"b.conf" /etc/
      1
      a
      2
      b.conf
      ADD https://example.com/f.bin /x/
      ADD files.tar.gz /y/
    `;
  });

  test("of ADD: what is downloaded, cloned and unpacked, also where a variable says it", () => {
    answers({
      "file /a": "file by ADD",
      "file /b/x.sh": "file by ADD",
      "file /c": "directory by ADD",
      "path /c/any": "?",
      "file /d": "directory by ADD",
      "path /d/any": "?",
      "file /e": "unknown by ADD",
      "path /e/any": "?",
      "file /f": "unknown by ADD",
      "path /f/any": "?",
      "path /g/any": "no",
    })`
      FROM alpine:3.24
      ARG SITE=https://example.com REPOSITORY=git@example.com:a/b.git ARCHIVE=root.tgz OTHER
      ADD $SITE/x.sh /a
      ADD "https://example.com/x.sh?y=1" /b/
      ADD $REPOSITORY /c
      ADD \${ARCHIVE} /d
      ADD $OTHER /e
      ADD data.json.gz /f
      RUN mkdir /g
    `;
  });

  test("the list of files, in order, once each", () => {
    answers({ files: "/w /w/b /w/a" })`
      FROM alpine:3.24 AS base
      WORKDIR /w
      RUN touch a b c && rm c
      FROM base
      RUN touch a2 && mv a2 a && touch b
    `;
  });
});

test("what the base has and has not", () => {
  answers({
    "path /usr/bin": "yes",
    "path /app": "no",
    "path /usr/bin/thing": "?",
    "path /lib64/ld-linux-x86-64.so.2": "no",
    "path /": "yes",
  })`
    FROM alpine:3.24
  `;
  answers({ "path /go/bin/x": "no", "path /out/x": "no", "path /usr/local/go/bin/go": "?" })`
    FROM golang:1.22
  `;
  answers({ "path /": "yes", "path /etc": "no" })`
    FROM scratch
  `;
  answers({ "path /app": "?" })`
    FROM example.com/app:1
  `;
});

test("reasons lead to the command", () => {
  const text = "FROM alpine:3.24\nRUN true && make all\n";
  const [reason] = resultOf(text).hasPath("/app").because;
  expect(reason && text.slice(reason.span?.start, reason.span?.end)).toBe("make all");
  const missing = resultOf("FROM alpine:3.24\n").hasPath("/app").because[0];
  const message = "/app is not in alpine:3.24, by the table shipped with Plimsoll, 2026-09-17";
  expect(missing).toEqual({ message, span: { start: 5, end: 16 } });
});
