import fc from "fast-check";
import { expect, test } from "vitest";
import type { ShellReader } from "../../../../server/src/syntax/shell/script.ts";
import { contextOf, modelOf } from "../../../support/model.ts";
import { shellReader } from "../../../support/shell.ts";
import { answer } from "../../../support/stage-questions.ts";

const QUESTIONS = [
  ...[
    "user",
    "workdir",
    "shell",
    "libc",
    "os",
    "package-manager",
    "ports",
    "volumes",
    "healthcheck",
    "entrypoint",
    "command",
  ],
  ...[
    "tool curl",
    "tool /usr/bin/x",
    "tool ./x",
    "user? app",
    "group? app",
    "path /",
    "path /app/x",
    "path /etc/passwd",
    "file /app",
    "owner /app",
    "size /app",
  ],
  ...["files", "certificates", "time-zones", "variable PATH", "set X", "linkage /app"],
];

const word = fc.constantFrom(
  ...[
    "/app",
    "./x",
    "..",
    "$X",
    "${X:-y}",
    "a b",
    '"',
    "'",
    "*",
    "[a]",
    "/etc/passwd",
    "-o",
    "app:1",
    "build",
    "0",
    "1",
    "\\",
    "é",
    "&&",
    "|",
    ";",
  ],
  ...[
    "apk",
    "add",
    "go",
    "build",
    "rm",
    "-rf",
    "cd",
    "adduser",
    "COPY",
    "<<E",
    "$(x)",
    "`y`",
    "if",
    "then",
    "fi",
    "(",
    ")",
    "{",
    "}",
    ">",
    "--from=build",
  ],
);
const line = fc
  .tuple(
    fc.constantFrom(
      ..."FROM RUN COPY ADD ENV ARG WORKDIR USER SHELL CMD ENTRYPOINT HEALTHCHECK EXPOSE VOLUME ONBUILD LABEL FOO".split(
        " ",
      ),
    ),
    fc.array(
      fc.constantFrom(
        "--from=build",
        "--mount=type=cache,target=/x",
        "--parents",
        "--chown=a:b",
        "--exclude=x",
      ),
      { maxLength: 2 },
    ),
    fc.array(word, { maxLength: 6 }),
  )
  .map(([name, flags, words]) => [name, ...flags, ...words].join(" "));
const file = fc
  .array(line, { maxLength: 25 })
  .map((lines) => `FROM alpine:3.24 AS build\n${lines.join("\n")}\nE\n`);

test("any file has an answer to every question, and the same twice", () => {
  fc.assert(
    fc.property(file, fc.boolean(), (text, known) => {
      const inputs = known ? { context: contextOf({ "x/y": "", app: "" }) } : {};
      const model = modelOf(text, inputs);
      const again = modelOf(text, inputs);
      for (const [index, stage] of model.stages.entries()) {
        for (const question of QUESTIONS) {
          const { result } = again.stages[index] ?? stage;
          expect(answer(stage.result, question)).toBe(answer(result, question));
        }
        for (const instruction of stage.instructions) answer(stage.before(instruction), "path /app/x");
      }
    }),
    { numRuns: 300 },
  );
});

test("what a command that is not understood is put behind makes no certain answer out of an open one", () => {
  fc.assert(
    fc.property(
      fc.array(
        line.filter((it) => !it.startsWith("FROM") && !it.includes("<<") && !it.endsWith("\\")),
        { maxLength: 12 },
      ),
      (lines) => {
        const text = `FROM alpine:3.24\n${lines.join("\n")}\n`;
        const before = modelOf(text).finalStage?.result;
        const after = modelOf(`${text}RUN ./unknown.sh\n`).finalStage?.result;
        for (const question of ["tool curl", "user? app", "path /app/x", "path /opt/y", "certificates"]) {
          const was = before && answer(before, question);
          const is = after && answer(after, question);
          if (before?.hasShell.is !== "no" && was === "no") expect([question, is]).toEqual([question, "?"]);
          if (was === "yes") expect([question, is]).toEqual([question, "yes"]);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("a script is read when contents are asked for, once each", () => {
  const read: string[] = [];
  const shell: ShellReader = {
    read(text) {
      read.push(text.text);
      return shellReader.read(text);
    },
  };
  const lines = Array.from({ length: 4000 }, (_, at) => `RUN mkdir /d${at} && touch /d${at}/f`);
  const model = modelOf(`FROM alpine:3.24\nUSER app\n${lines.join("\n")}\n`, { shell });
  const stage = model.finalStage;
  expect(stage?.result.user).toMatchObject({ value: { name: "app" } });
  expect(read).toEqual([]);
  for (const instruction of stage?.instructions ?? []) {
    expect(stage?.before(instruction).hasPath("/d2000/f").is).toBe(
      instruction.startLine <= 2002 ? "no" : "yes",
    );
    stage?.scriptOf(instruction);
  }
  expect(read).toHaveLength(4000);
});
