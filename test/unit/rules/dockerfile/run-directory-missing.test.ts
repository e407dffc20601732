import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { runDirectoryMissing as rule } from "../../../../server/src/rules/dockerfile/run-directory-missing.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf, modelOf } from "../../../support/model.ts";

test("where a command, or the shell, writes below what is not there", () => {
  reports(rule)`
    FROM debian:trixie-slim
    WORKDIR /app
    RUN echo 1 > conf/version && touch conf/other
                 ^^^^^^^^^^^^ run-directory-missing: Nothing has made /app/conf, where the output goes.
    RUN mkdir /srv/a/b
              ^^^^^^^^ run-directory-missing: Nothing has made /srv/a, where mkdir writes.
    RUN cp /etc/hostname /srv/names/; true
                         ^^^^^^^^^^^ run-directory-missing: Nothing has made /srv/names, where cp writes.
  `;
  for (const command of [
    "touch a/b",
    "echo 1 >> /srv/a/b",
    "echo 1 | tee a/b",
    "cp /etc/hostname a/b",
    "cp /etc/hostname /etc/passwd a",
    "mv /etc/hostname a/b",
    "ln -s /bin/sh a/sh",
    "install -m 755 /bin/sh a/sh",
    "curl -fsSL -o a/b https://example.com/b",
    "wget -O a/b https://example.com/b",
    "dd if=/dev/zero of=a/b bs=1 count=1",
    "curl https://example.com/key | gpg --dearmor -o a/key.gpg",
    "openssl req -x509 -nodes -keyout a/key.pem -out a/cert.pem",
  ])
    expect(
      check(`FROM debian:trixie-slim\nWORKDIR /app\nRUN ${command}\n`).map((it) => it.severity),
      command,
    ).toEqual(["error"]);
});

test("nothing where the directory is made, may be there, or is the command's to make", () => {
  for (const command of [
    "mkdir -p a/b",
    "mkdir a && touch a/b",
    "mkdir a a/b",
    "install -D -m 755 /bin/sh a/sh",
    "install -d a/b",
    "curl --create-dirs -o a/b https://example.com/b",
    "git clone https://example.com/a a && touch a/b",
    "touch b && echo 1 > ./c && echo 2 > /tmp/d",
    "cp -r /etc a/",
    "mv /srv a/",
    "echo 1 > a/b || true",
    "[ -d a ] && touch a/b; true",
    "touch $A/b",
    "make && touch out/x",
    "echo 1 > /dev/null 2>&1",
    "echo 1 > /proc/self/x",
    "tee < /dev/null",
  ])
    expect(check(`FROM debian:trixie-slim\nWORKDIR /app\nRUN ${command}\n`), command).toEqual([]);
  expect(check("FROM debian:trixie-slim\nVOLUME /data\nRUN touch /data/a\n")).toEqual([]);
  expect(check("FROM example/base\nRUN touch /data/a\n")).toEqual([]);
  expect(check("FROM debian:trixie-slim\nRUN --mount=type=cache,target=/data touch /data/a\n")).toEqual([]);
  expect(check("FROM debian:trixie-slim\nADD site.tar.gz /\nRUN touch /data/a\n")).toEqual([]);
});

test("makes it first, in front of the whole pipe", () => {
  fixes(rule, "unsafe", "Make /srv/a first")`
    FROM debian:trixie-slim
    RUN set -e; echo 1 | tee /srv/a/b
    ->
    FROM debian:trixie-slim
    RUN set -e; mkdir -p /srv/a; echo 1 | tee /srv/a/b
  `;
  fixes(rule, "unsafe", "Make conf first")`
    FROM debian:trixie-slim
    WORKDIR /app
    RUN apt-get update && echo 1 > conf/version
    ->
    FROM debian:trixie-slim
    WORKDIR /app
    RUN apt-get update && mkdir -p conf && echo 1 > conf/version
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    USER 1000
    RUN echo 1 > /srv/a/b
  `;
});

function check(text: string) {
  return checkDockerfile(modelOf(text), { rules: [rule] });
}

test("a directory by a variable that ENV sets", () => {
  reports(rule)`
    FROM alpine:3.24
    ENV CONF=/srv/conf
    RUN echo x > $CONF/a.ini
                 ^^^^^^^^^^^ run-directory-missing: Nothing has made /srv/conf, where the output goes.
    FROM alpine:3.24
    ARG CONF=/srv/conf
    RUN echo x > $CONF/a.ini
  `;
});

test("a file that is moved to a name with a slash at its end, and no directory", () => {
  const context = contextOf({ "a.txt": "", "folder/b.txt": "" });
  const found = (command: string) =>
    checkDockerfile(
      modelOf(`FROM debian:trixie-slim\nWORKDIR /app\nCOPY a.txt ./\nCOPY folder folder\nRUN ${command}\n`, {
        context,
      }),
      { rules: [rule] },
    ).map((it) => it.message);
  expect(found("mv a.txt etc/")).toEqual(["Nothing has made /app/etc, where mv writes."]);
  expect(found("cp -r a.txt /srv/etc/")).toEqual(["Nothing has made /srv/etc, where cp writes."]);
  expect(found("touch c && mv c etc/")).toEqual(["Nothing has made /app/etc, where mv writes."]);
  for (const silent of [
    "mv a.txt etc",
    "mv folder etc/",
    "cp -r folder etc/",
    "mv a.txt folder/",
    "mkdir etc && mv a.txt etc/",
    "mv a.txt /usr/share/",
    "mv b.txt etc/",
    "mv *.txt etc/",
    "mv a.txt etc/ || true",
    "rm a.txt && mkdir a.txt && mv a.txt etc/",
  ])
    expect(found(silent), silent).toEqual([]);
});
