import { describe, expect, test } from "vitest";
import { readEnvFile } from "../../../client/src/shared/env-file.ts";

const read = (text: string, around = {}) => readEnvFile(text, around);

describe("an environment file", () => {
  test("names and values, comments, export, blanks, Windows ends of lines", () => {
    expect(
      read("# a comment\r\nA=1\r\n\r\n  export B = two words # why\nC=\nD: yaml\nE=a#b\n\tF='x # y'  # z\n"),
    ).toEqual(["A=1", "B=two words", "C=", "D=yaml", "E=a#b", "F=x # y"]);
  });

  test("quotes: single as they are, double with escapes, both over several lines", () => {
    expect(read('A=\'a\\n$B\'\nB="a\\n\\"b\\" \\\\ c"\nC=\'one\ntwo\'\nD="one\ntwo"\nE=4\n')).toEqual([
      "A=a\\n$B",
      'B=a\n"b" \\ c',
      "C=one\ntwo",
      "D=one\ntwo",
      "E=4",
    ]);
  });

  test("variables of lines above, of the surroundings, with defaults", () => {
    const around = { HOME: "/home/me", EMPTY: "" };
    expect(
      read(
        'A=a\nB=${A}b$A\nC=$HOME/x\nD="${NONE:-d}"\nE=${EMPTY:-e}\nF=${EMPTY-f}\nG=\'$A\'\nH="\\$A"\nI=${NONE}\n',
        around,
      ),
    ).toEqual(["A=a", "B=aba", "C=/home/me/x", "D=d", "E=e", "F=", "G=$A", "H=$A", "I="]);
  });

  test("a name alone is taken from the surroundings, when it is there", () => {
    expect(read("HOME\nNONE\nexport PATH\n", { HOME: "/h", PATH: "/p" })).toEqual(["HOME=/h", "PATH=/p"]);
  });

  test("the last of a name counts", () => {
    expect(read("A=1\nB=2\nA=3\n")).toEqual(["A=3", "B=2"]);
  });

  test("what is no variable is left out", () => {
    expect(read("just words\n=1\n1A=x\n\u0000\nA=1\n'B'=2\nC='open\n")).toContain("A=1");
    expect(read("")).toEqual([]);
    expect(read("\uFEFFA=1")).toEqual(["A=1"]);
  });
});
