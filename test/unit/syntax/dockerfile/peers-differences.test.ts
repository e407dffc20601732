import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";
import { tokensOf } from "../../../../server/src/syntax/dockerfile/tokens.ts";
import { only, problemsIn, raws, shown } from "./shown.ts";

/** Where dockerfile-ast 0.7 reads a file otherwise than BuildKit, or breaks; found on 819 real files in 2026-11. */
describe("what dockerfile-ast gets wrong", () => {
  test("exec-form strings keep their blanks and escapes", () => {
    expect(shown('RUN ["a b", "c\\"d", "e\\\\f"]\n')).toEqual(['(run "a b" "c\\"d" "e\\\\f")']);
  });

  test("text behind a JSON array, or an invalid escape in it, makes it shell form", () => {
    expect(only('CMD ["a"] b').exec).toBeUndefined();
    expect(only('CMD ["\\a"]').exec).toBeUndefined();
  });

  test("flags before a JSON array do not end it", () => {
    expect(shown('COPY --from=x --chown=1 ["a", "b"]\n')).toEqual([
      '(copy ["--from=x" "--chown=1"] "a" "b")',
    ]);
  });

  test("a doubled escape at a line's end does not swallow the next instruction", () => {
    expect(shown("RUN echo a\\\\\nRUN b\n")).toEqual(['(run "echo a\\\\\\\\")', '(run "b")']);
  });

  test("all names of ARG count", () => {
    expect(only("ARG A=1 B=2").pairs.map((it) => it.name.raw)).toEqual(["A", "B"]);
  });

  test("-- is no flag, and nothing is wrong with it", () => {
    expect(only("RUN -- a").flags).toEqual([]);
    expect(problemsIn("FROM a\nCOPY --link -- b c\n")).toEqual([]);
  });

  test.each([
    ["a descriptor", "RUN 3<<EOF"],
    ["a blank behind <<", "RUN << EOF"],
    ["quotes", "RUN <<'EOF'"],
    ["quotes around a part", 'RUN <<E"OF"'],
  ])("a here-document with %s is one", (_, line) => {
    expect(shown(`${line}\nRUN not\nEOF\nRUN b\n`)).toHaveLength(2);
  });

  test("<<- says nothing about the next here-document", () => {
    const { hereDocuments } = only("RUN <<-A <<B\n\tA\n\tB\nB\n");
    expect(hereDocuments.map((it) => it.stripTabs)).toEqual([true, false]);
    expect(hereDocuments.map((it) => it.terminator?.start)).toEqual([13, 19]);
  });

  test("an unknown directive ends the directives", () => {
    expect(parseDockerfile("# other=x\n# escape=`\nFROM a\n").escape).toBe("\\");
  });

  test("a directive's value is not cut at the first blank", () => {
    expect(parseDockerfile("# check=skip=A; error=true\nFROM a\n").directives[0]?.value).toBe(
      "skip=A; error=true",
    );
  });

  test("a lone CR ends no line", () => {
    expect(parseDockerfile("FROM a\rRUN b\n").instructions).toHaveLength(1);
  });
});

/** Texts on which it runs out of stack or throws. */
describe("what dockerfile-ast breaks on", () => {
  test.each([
    ["an indented first line with a variable", "  FROM $a\n", ['(from "$a")']],
    ["a byte order mark and a variable", "\ufeffFROM $a\n", ['(from "$a")']],
    ["two lines of backslashes", `${"\\".repeat(10_000)}\n${"\\".repeat(10_000)}\n`, 2],
    ["an escaped character behind a continuation", "ENV a=\\\n\\b\n", ['(env "a" "\\\\b" "=")']],
    [
      "a quote typed behind the word of a here-document",
      "RUN <<EOF'\nEOF\n",
      ['(run "<<EOF\'")', '(eof "")'],
    ],
  ])("%s", (_, text, expected) => {
    const lines = shown(text);
    if (typeof expected === "number") expect(lines).toHaveLength(expected);
    else expect(lines).toEqual(expected);
    const file = parseDockerfile(text);
    expect(file.problems.length).toBeGreaterThanOrEqual(0);
    expect(tokensOf(file).at(-1)?.span.end).toBe(text.length);
  });

  test.each([
    ["blanks", " ".repeat(1_000_000)],
    ["one long line", `RUN ${"echo a && ".repeat(100_000)}b\n`],
    ["triggers", "ONBUILD ".repeat(50_000)],
    ["continued lines", "RUN a \\\n".repeat(50_000)],
    ["open substitutions", `FROM ${`\${a:-`.repeat(50_000)}`],
    ["fields", `RUN --mount=${"a=b,".repeat(50_000)} c`],
  ])("a very long text of %s", (_, text) => {
    const file = parseDockerfile(text);
    expect(file.problems.length).toBeGreaterThan(0);
    expect(tokensOf(file).at(-1)?.span.end).toBe(text.length);
    expect(raws(file.instructions[0]?.words ?? []).join("").length).toBeLessThanOrEqual(text.length);
  });
});
