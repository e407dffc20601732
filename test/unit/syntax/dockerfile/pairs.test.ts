import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";
import type { Instruction } from "../../../../server/src/syntax/dockerfile/tree.ts";
import { at, only, problemsIn, raws } from "./shown.ts";

function pairs(instruction: Instruction): (string | undefined)[][] {
  return instruction.pairs.map(({ name, value }) => [name.raw, value?.raw]);
}

describe("ENV and LABEL", () => {
  test("several names with values, quotes and escapes kept", () => {
    const text = 'ENV a=b c="d e" f=\'g\\\' h=i\\ j k= "l m"=n o==p\n';
    expect(pairs(only(text))).toEqual([
      ["a", "b"],
      ["c", '"d e"'],
      ["f", "'g\\'"],
      ["h", "i\\ j"],
      ["k", ""],
      ['"l m"', "n"],
      ["o", "=p"],
    ]);
    expect(only(text).pairs.every((it) => !it.legacy)).toBe(true);
  });

  test("know their places, across lines too", () => {
    const text = 'LABEL a=b \\\n  c="d \\\n e" \\\n# x\n f=\n';
    const { pairs } = only(text);
    expect(pairs.map((it) => at(text, it.span))).toEqual(["a=b", 'c="d \\\n e"', "f="]);
    expect(pairs.map((it) => it.value && at(text, it.value.span))).toEqual(["b", '"d \\\n e"', ""]);
    expect(pairs.map((it) => it.value?.raw)).toEqual(["b", '"d  e"', ""]);
  });

  test("one name and everything behind it, without =", () => {
    const text = 'ENV a  b c=d "e"  \n';
    const { pairs } = only(text);
    expect(pairs.map(({ name, value, legacy }) => [name.raw, value?.raw, legacy])).toEqual([
      ["a", 'b c=d "e"', true],
    ]);
    expect(pairs.map((it) => it.value && at(text, it.value.span))).toEqual(['b c=d "e"']);
  });

  test("the first word decides, and its quotes protect blanks", () => {
    expect(pairs(only('ENV "a b" c'))).toEqual([['"a', 'b" c']]);
    expect(pairs(only('ENV "a =" c=d'))).toEqual([
      ['"a ', '"'],
      ["c", "d"],
    ]);
  });

  test("an escape at the very end is dropped", () => {
    expect(pairs(only("ENV a=b\\\\\\"))).toEqual([["a", "b\\\\"]]);
  });

  test("take the escape character of the file", () => {
    expect(pairs(parseDockerfile("# escape=`\nENV a=b` c d=\\\n").instructions[0] as Instruction)).toEqual([
      ["a", "b` c"],
      ["d", "\\"],
    ]);
  });
});

describe("ARG", () => {
  test("names with and without value, all of them", () => {
    expect(pairs(only('ARG A=1 B=2 C D="x y" E='))).toEqual([
      ["A", "1"],
      ["B", "2"],
      ["C", undefined],
      ["D", '"x y"'],
      ["E", ""],
    ]);
    expect(raws(only("ARG A=1 B").words)).toEqual(["A=1", "B"]);
  });
});

test("other instructions have none", () => {
  expect(only("RUN a=b c").pairs).toEqual([]);
});

describe("problems of names and values", () => {
  test("values, signs and names that are missing", () => {
    expect(problemsIn("FROM a\nENV b\nENV c=d e\nLABEL =f\nARG =g\nENV\nARG\n")).toEqual([
      "missing-value: b",
      "missing-equals: e",
      "blank-name: =f",
      "blank-name: =g",
      "missing-arguments: ENV",
      "missing-arguments: ARG",
    ]);
  });

  test("the first that has no sign, as the build ends there", () => {
    expect(problemsIn("FROM a\nENV b=$(date -u +%Y)\nENV c=d e f\n")).toEqual([
      "missing-equals: -u",
      "missing-equals: e",
    ]);
  });

  test("what is right", () => {
    expect(
      problemsIn("ARG A B=1\nFROM a\nENV b c\nENV d= e=\"f g\"\nLABEL a.b/c=d 'e f'=g\nARG A\n"),
    ).toEqual([]);
  });
});
