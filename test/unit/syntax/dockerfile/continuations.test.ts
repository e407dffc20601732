import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";
import { at, only, problemsIn, raws, shown } from "./shown.ts";

describe("continued lines", () => {
  test("join as they are, blanks at their start included", () => {
    expect(shown("RUN a \\\n    b\\\nc\n")).toEqual(['(run "a     bc")']);
  });

  test("go on behind blanks and tabs after the escape, with LF and CRLF", () => {
    expect(shown("RUN a \\ \t\n b\n")).toEqual(['(run "a  b")']);
    expect(shown("RUN a \\\r\n b \\  \r\n c\r\n")).toEqual(['(run "a  b  c")']);
  });

  test("leave out comments and empty lines", () => {
    expect(shown("RUN a \\\n# one\n\n  # two \\\n \t \n  b\nRUN c\n")).toEqual([
      '(run "a   b")',
      '(run "c")',
    ]);
  });

  test("go on behind a comment that is the last thing before the end", () => {
    expect(shown("RUN a \\\n# c")).toEqual(['(run "a")']);
    expect(shown("RUN a \\")).toEqual(['(run "a")']);
  });

  test("do not go on behind an escaped escape", () => {
    expect(shown("RUN a \\\\\nRUN b\n")).toEqual(['(run "a \\\\\\\\")', '(run "b")']);
    expect(shown("RUN a \\\\\\\nRUN b\n")).toEqual(['(run "a \\\\\\\\\\\\")', '(run "b")']);
  });

  test("can start before the keyword and cut it in two", () => {
    expect(shown("\\\n  RUN a\n")).toEqual(['(run "a")']);
    expect(shown("  \\\nRU\\\nN a\n")).toEqual(['(run "a")']);
    const text = "RU\\\nN a\n";
    expect(at(text, only(text).keyword)).toBe("RU\\\nN");
  });

  test("a # behind the first character is no comment", () => {
    expect(shown("RUN a # b \\\n c # d\n")).toEqual(['(run "a # b  c # d")']);
  });

  test("a lone CR ends no line", () => {
    expect(shown("RUN a\rRUN b\n")).toEqual(['(run "a\\rRUN b")']);
    expect(parseDockerfile("RUN a\rb\r\nRUN c").instructions.map((it) => it.startLine)).toEqual([0, 1]);
  });

  test("an escape before a CR in the line does not continue it", () => {
    expect(shown("RUN a \\\r b\nRUN c\n")).toEqual(['(run "a \\\\\\r b")', '(run "c")']);
  });
});

describe("places in continued lines", () => {
  const text = "FROM a\nCOPY --chown=1:\\\n1 \\\n # c\n  src \\\n\n  /dst\nRUN x\n";
  const copy = parseDockerfile(text).instructions[1];

  test("words, flags and body know where they stand", () => {
    expect(copy && raws(copy.words)).toEqual(["src", "/dst"]);
    expect(copy?.words.map((it) => at(text, it.span))).toEqual(["src", "/dst"]);
    expect(copy?.flags[0]?.value).toBe("1:1");
    expect(copy?.flags.map((it) => at(text, it.span))).toEqual(["--chown=1:\\\n1"]);
    expect(copy?.body.text).toBe("--chown=1:1   src   /dst");
    expect(copy?.rest.text).toBe("src   /dst");
    expect(copy && at(text, copy.rest.spanOf(0, 3))).toBe("src");
  });

  test("the instruction goes from its keyword to its last line", () => {
    expect(copy?.startLine).toBe(1);
    expect(copy?.endLine).toBe(6);
    expect(copy && at(text, copy.span)).toBe(text.slice(7, text.indexOf("\nRUN")));
  });

  test("comments inside are comments of the file", () => {
    expect(parseDockerfile("# x\nRUN a \\\n  #  in it \n b\n#\n").comments.map((it) => it.text)).toEqual([
      "x",
      "in it",
      "",
    ]);
  });
});

describe("problems of continued lines", () => {
  test("an empty line inside is a warning, once for each instruction", () => {
    expect(problemsIn("FROM a\nRUN b \\\n\n \n c \\\n\n d\n")).toEqual(["(empty-continuation): \n \n"]);
    expect(problemsIn("FROM a\nRUN b \\\n # only a comment\n c\n")).toEqual([]);
  });

  test("an escape with nothing behind it", () => {
    expect(problemsIn("FROM a\n\\\n\n")).toEqual(["empty-instruction: \\"]);
    expect(problemsIn("FROM a\nRUN b \\\n")).toEqual([]);
  });

  test("lines longer than BuildKit reads", () => {
    expect(problemsIn(`FROM a\nRUN ${"x".repeat(65_531)}\n`)).toEqual([]);
    expect(problemsIn(`FROM a\nRUN ${"x".repeat(65_532)}\n`)).toHaveLength(1);
    expect(problemsIn(`FROM a\nRUN ${"é".repeat(32_765)}x\n`)).toEqual([]);
    expect(problemsIn(`FROM a\nRUN ${"é".repeat(32_766)}x\n`)).toHaveLength(1);
  });
});
