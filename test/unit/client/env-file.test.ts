// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { describe, expect, test } from "vitest";
import { readEnvFile } from "../../../client/src/shared/env-file.ts";
import answers from "../../fixtures/dotenv/compose-answers.json" with { type: "json" };
import { type DotenvAnswer, shellOfQuestions } from "../../support/compose/dotenv-answers.ts";

const recorded: Readonly<Record<string, DotenvAnswer>> = answers;

const read = (text: string, around = {}) => Object.fromEntries(readEnvFile(text, around).variables);

describe("an environment file", () => {
  test.each(Object.entries(recorded))("%j says what Compose reads of it", (text, answer) => {
    const { variables, mistake } = readEnvFile(text, shellOfQuestions);
    // Whether a variable is there that a file asks for is left to who uses the file.
    const isRefused = "refused" in answer && !answer["refused"]?.startsWith("required variable");
    expect(mistake !== undefined).toBe(isRefused);
    if ("refused" in answer) return;
    const { "": _nameless, ...named } = answer;
    expect(Object.fromEntries(variables)).toEqual(named);
  });

  test("variables that nothing sets are empty, also within a default", () => {
    const around = { SET: "x", EMPTY: "" };
    expect(
      read(
        "A=${NONE}\nB=a${NONE-b${NONE}c}d\nC=${NONE+x}-\nD=${EMPTY:+x}-\nE=${SET+y}\nF=${EMPTY:-z}\n",
        around,
      ),
    ).toEqual({ A: "", B: "abcd", C: "-", D: "-", E: "y", F: "z" });
  });

  test("a name alone is taken from the surroundings, when it is there", () => {
    expect(read("HOME\nNONE\nexport PATH\n", { HOME: "/h", PATH: "/p" })).toEqual({ HOME: "/h", PATH: "/p" });
  });

  test("a mistake is told with its line, and costs only itself", () => {
    const { variables, mistake } = readEnvFile("A=1\n# no\nB C=2\nD=${\nE=3\n", {});
    expect([...variables]).toEqual([
      ["A", "1"],
      ["E", "3"],
    ]);
    expect(mistake?.line).toBe(3);
    expect(mistake?.message).toContain("blank in the name `B C`");
  });
});
