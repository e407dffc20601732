import { describe, test } from "vitest";
import { answers, type Questions } from "../../../support/stage-questions.ts";

/** Held to what a real engine builds. */
function check(lines: string, questions: Questions, base = "debian:trixie"): void {
  answers(questions)(Object.assign([""], { raw: [`FROM ${base}\n${lines}\n`] }));
}

const TREE = "RUN mkdir -p /a/b /k && touch /a/1 /a/2.txt /a/.h /a/b/4 /k/x /k/xy\n";

describe("by patterns", () => {
  test.each<[string, Questions]>([
    ["rm -rf /a/*", { "path /a": "yes", "path /a/1": "no", "path /a/b/4": "no", "path /a/.h": "yes" }],
    ["rm -f /a/*.txt", { "path /a/1": "yes", "path /a/2.txt": "no", "path /a/b/4": "yes" }],
    ["rm -f /k/x?", { "path /k/x": "yes", "path /k/xy": "no" }],
    ["rm -rf /*/b", { "path /a/1": "yes", "path /a/b": "no", "path /a/b/4": "no" }],
    ["rm -rf /k/{x,y}", { "path /k/x": "?", "path /a/1": "yes" }],
    ["cd /k && rm -f *", { "path /k/x": "no", "path /a/1": "yes" }],
    ['D=/a; rm -rf "$D"/*', { "path /a/1": "no", "path /k/x": "yes" }],
    ["rm -rf /a/* && touch /a/1", { "path /a/1": "yes", "path /a/2.txt": "no" }],
    ["mkdir /m && mv /a/* /m/", { "path /a/1": "no", "path /a/.h": "yes", "path /m/1": "?" }],
    ["cd /k && mv x* xyz", { "path /k/x": "no", "path /k/xyz": "yes", "path /k/xyz/f": "?" }],
    ["mkdir /k/m && cd /k && mv * m/ || true", { "path /k/m": "?", "path /k/m/x": "?" }],
    ["rm -rf /a/* || true", { "path /a/1": "?" }],
    ["rmdir --ignore-fail-on-non-empty /k", { "path /k": "?" }],
  ])("%s", (command, questions) => {
    check(`${TREE}RUN ${command}`, questions);
  });
});

describe("by find", () => {
  test.each<[string, Questions]>([
    ["find /a -delete", { "path /a/1": "?", "path /k/x": "yes" }],
    ["find /a -name '*.txt' -delete", { "path /a/2.txt": "?", "path /a/1": "yes" }],
    ["find / -name b -prune -exec rm -rf {} +", { "path /a/b/4": "?", "path /a/1": "yes" }],
    ["find /a ! -name '*.txt' -delete", { "path /a/1": "?" }],
    ["find /a -name b -o -name '*.txt' -exec rm -r {} ';'", { "path /a/1": "yes", "path /a/b/4": "?" }],
    ["find /a -type f -exec chmod 644 {} +", { "path /a/1": "yes" }],
    ["cd /a && find . -name 1 -delete", { "path /a/1": "?", "path /a/.h": "yes" }],
  ])("%s", (command, questions) => {
    check(`${TREE}RUN ${command}`, questions);
  });
});

describe("of programs", () => {
  test("with their directory", () => {
    check("COPY tool /opt/bin/\nENV PATH=/opt/bin:$PATH\nRUN touch /opt/bin/more && rm -rf /opt/bin", {
      "tool more": "?",
      "tool bash": "yes",
    });
  });

  test("which autoremove takes, as nothing needs them any more", () => {
    const install = "RUN apt-get update && apt-get install -y git jq\n";
    check(`${install}RUN apt-get purge -y git`, { "tool git": "no", "tool ssh": "yes", "tool jq": "yes" });
    check(`${install}RUN apt-get purge -y --auto-remove git`, { "tool ssh": "?", "tool jq": "yes" });
    check(`${install}RUN apt-get purge -y git && apt-get autoremove -y`, {
      "tool ssh": "?",
      "tool jq": "yes",
    });
    check(`${install}RUN apt-mark auto '.*' && apt-get purge -y --auto-remove`, {
      "tool jq": "?",
      "tool bash": "yes",
    });
  });
});

describe("symbolic links", () => {
  test.each<[string, Questions]>([
    ["mkdir /d && ln -s /d /l && touch /l/a", { "path /d/a": "yes", "path /l/a": "yes" }],
    ["mkdir /d && ln -s d /l && mkdir -p /l/a/b && rm -r /d/a", { "path /l/a/b": "no", "path /l": "yes" }],
    ["mkdir /d && touch /d/a && ln -s /d /l && rm /l/a", { "path /d/a": "no" }],
    [
      "mkdir /d && touch /d/a && ln -s /d /l && rm -rf /l",
      { "path /d/a": "yes", "path /l": "no", "path /l/a": "no" },
    ],
    [
      "mkdir /d /e && touch /d/a && ln -s /d /l && ln -sfn /e /l && touch /l/b",
      { "path /e/b": "yes", "path /l/a": "no" },
    ],
    ["mkdir /d && ln -s /d /l && rm -rf /l/* && touch /l/x", { "path /d/x": "yes" }],
    ["mkdir /d && touch /x /y && ln -s /x /y /d", { "path /d/x": "yes", "path /d/y": "yes" }],
    ["mkdir /d && touch /x && ln -st /d /x", { "path /d/x": "yes" }],
    ["mkdir /d && ln -s /d /l && useradd app && chown -R app /l/", { "owner /d": "?" }],
    ["mkdir /var/run/app && touch /bin/tool", { "path /run/app": "yes", "path /usr/bin/tool": "yes" }],
    ["touch /usr/bin/tool && rm /bin/tool", { "path /usr/bin/tool": "no" }],
    ["if true; then ln -s /srv /l; fi; touch /l/a", { "path /l/a": "yes" }],
  ])("%s", (command, questions) => {
    check(`RUN ${command}`, questions);
  });

  test("COPY and WORKDIR go through them", () => {
    check("RUN mkdir /d && ln -s /d /l\nCOPY package.json /l\nWORKDIR /l/sub\nRUN touch here", {
      "path /d/package.json": "yes",
      "path /d/sub/here": "yes",
    });
    check("RUN mkdir /d && ln -s /d /l\nCOPY package.json /l/\n", { "path /d/package.json": "yes" });
  });

  test("those of a stage below", () => {
    check(
      "RUN mkdir /d && ln -s /d /l\nFROM base\nRUN touch /l/a",
      { "path /d/a": "yes" },
      "debian:trixie AS base",
    );
  });
});

describe("other ways of commands", () => {
  test.each<[string, Questions]>([
    ["touch -c /a", { "path /a": "no" }],
    ["echo a > /a && sed -i.bak s/a/b/ /a", { "path /a": "yes", "path /a.bak": "?" }],
    ["echo a > /a && sed --in-place=.orig s/a/b/ /a", { "path /a.orig": "?" }],
    ["sed -n 's/a/b/w /out' /etc/passwd", { "path /out": "?" }],
    ["touch /a; exit 0; touch /b", { "path /a": "yes", "path /b": "no" }],
    ["if true; then exit 0; fi; touch /b", { "path /b": "?" }],
    ["cd /srv; sh -c 'cd /opt; touch a'; touch b", { "path /opt/a": "yes", "path /srv/b": "yes" }],
    ["install -d -o nobody -g nogroup /x /y/z", { "owner /x": "nobody:nogroup", "owner /y": "root:root" }],
    ["touch /a && cp --parents /a /srv", { "path /srv/a": "?" }],
  ])("%s", (command, questions) => {
    check(`RUN ${command}`, questions);
  });
});
