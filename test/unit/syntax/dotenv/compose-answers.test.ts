import { expect, test } from "vitest";
import { HOLE } from "../../../../server/src/syntax/compose/interpolate.ts";
import { parseDotenv } from "../../../../server/src/syntax/dotenv/parse.ts";
import { resolveDotenv } from "../../../../server/src/syntax/dotenv/resolve.ts";
import answers from "../../../fixtures/dotenv/compose-answers.json" with { type: "json" };
import { type DotenvAnswer, shellOfQuestions } from "../../../support/compose/dotenv-answers.ts";
import { dotenvTexts } from "../../../support/compose/dotenv-texts.ts";

const recorded: Readonly<Record<string, DotenvAnswer>> = answers;
const shell: Readonly<Record<string, string>> = shellOfQuestions;

test("Compose was asked about each text", () => {
  expect(Object.keys(recorded).toSorted()).toEqual([...dotenvTexts].toSorted());
});

test.each(Object.entries(recorded))("reads %j as Compose does", (text, answer) => {
  const file = parseDotenv(text);
  const errors = file.problems.filter((it) => it.severity === "error");
  // Whether a required variable is set is for the shell to say.
  if ("refused" in answer && answer["refused"]?.startsWith("required variable")) {
    expect(errors).toEqual([]);
    return;
  }
  if ("refused" in answer) {
    expect(errors.length).toBeGreaterThan(0);
    const line = /^line (\d+):/.exec(answer["refused"] ?? "")?.[1];
    // Of a quote that stays open Compose names the last line.
    if (line !== undefined && errors[0]?.code !== "dotenv-quote")
      expect(file.lines.lineAt(errors[0]?.span.start ?? 0) + 1).toBe(Number(line));
    return;
  }
  expect(errors).toEqual([]);
  const { "": nameless, ...named } = answer;
  const values = [...resolveDotenv(file, (name) => shell[name])];
  expect(Object.fromEntries(values.map(([name, it]) => [name, it.text.replaceAll(HOLE, "")]))).toEqual(named);
  expect(file.problems.length).toBe(nameless === undefined ? 0 : 1);
});
