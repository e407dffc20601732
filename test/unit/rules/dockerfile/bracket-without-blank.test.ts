import { expect, test } from "vitest";
import { bracketWithoutBlank as rule } from "../../../../server/src/rules/dockerfile/bracket-without-blank.ts";
import { withoutDoubles } from "../../../../server/src/rules/precedence.ts";
import { expectProblems, fixes, problemsOf, reports } from "../../../support/check.ts";

test("a bracket that belongs to the word beside it", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ARG A
    RUN [ "$A" = "b"] && touch /b
        ^^^^^^^^^^^^^ bracket-without-blank: No blank stands in front of this ], so that nothing ends the test: it is never true.
    RUN if [ -z "$A"]; then exit 1; fi
           ^^^^^^^^^^ bracket-without-blank: No blank stands in front of this ], so that it is a part of the value: it ends the test only where that is empty.
    RUN if [-f /etc/passwd ]; then touch /c; fi
           ^^^^^^^^^^^^^^^^^ bracket-without-blank: No blank stands behind this [, so that it is a part of the name of a program that nobody has: nothing is tested.
    RUN set -eux; if ! ["$A" = b ] && [ -d /x] 2>/dev/null; then \
                       ^^^^^^^^^^^ bracket-without-blank
                                      ^^^^^^^^ bracket-without-blank
          touch /d; \
        elif [ "$A" = "c" ]; then touch /e; fi
    RUN <<EOF
    while [ -e /x]; do sleep 1; done
          ^^^^^^^^ bracket-without-blank
    EOF
  `;
});

test("not what has its blanks, and not what is no test", () => {
  for (const run of [
    `[ "$A" = "b" ] && touch /b`,
    `[ -n "\${A[0]}" ]`,
    `[ "$A" = [ab] ]`,
    `echo [a] [b]`,
    `echo "[ -f x]"`,
    `apt-get install -y python3-foo[bar]`,
    `pip install uvicorn[standard]`,
    `ls [0-9]*`,
    `[ -f x ] || echo "[-f x]"`,
    `cat <<E\n[ -f x]\nE`,
    `if [[ $A =~ ^[a-z]]; then echo; fi`,
    `grep '[ x]' y`,
    `# [ -f x]\ntrue`,
  ])
    expectProblems(rule, `FROM debian:trixie-slim\nRUN ${run}\n`);
  expectProblems(rule, `FROM debian:trixie-slim\nSHELL ["python3", "-c"]\nRUN print([ 1, x[0]])\n`);
  expectProblems(rule, `FROM python:3\nRUN <<E\n#!/usr/bin/env python3\n[ -f x]\nE\n`);
  expectProblems(rule, `FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN [ -f x]\n`);
  expectProblems(rule, `FROM debian:trixie-slim\nRUN ["[", "-f", "x]"]\n`);
});

test("an error where the build ends with it", () => {
  const severities = (run: string) =>
    problemsOf(rule)(
      Object.assign([`FROM alpine\nRUN ${run}\n`], { raw: [`FROM alpine\nRUN ${run}\n`] }),
    ).map((it) => it.severity);
  expect(severities("[ -f /etc/passwd] && touch /a")).toEqual(["error"]);
  expect(severities("[-f /etc/passwd ] && touch /a")).toEqual(["error"]);
  for (const it of [
    "[ -f /etc/passwd] || touch /a",
    'if [ -f "/x"]; then touch /a; fi',
    '[ -z "$A"] && true',
    "! [ -f x]",
    "[ -f /x]; true",
  ])
    expect(severities(it), it).toEqual(["warning"]);
});

test("the blanks that are missing", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN if [ "$A" = "b"]; then touch /b; fi
    RUN if [-f /x]; then touch /b; fi
    RUN if ["$A" = b ]; then touch /b; fi
    ->
    FROM debian:trixie-slim
    RUN if [ "$A" = "b" ]; then touch /b; fi
    RUN if [ -f /x ]; then touch /b; fi
    RUN if [ "$A" = b ]; then touch /b; fi
  `;
});

test("what ShellCheck says of it is not shown beside it", () => {
  const [found] = problemsOf(rule)`
    FROM debian:trixie-slim
    RUN [ "$A" = "b"] && touch /b
  `;
  if (!found) throw new Error("It is not found.");
  const { end } = found.span;
  const other = { ...found, rule: "SC1020", span: { start: end - 1, end } };
  expect(withoutDoubles([found, other])).toEqual([found]);
});
