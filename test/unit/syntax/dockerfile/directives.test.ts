import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";
import { at, problemsIn, shown } from "./shown.ts";

function directives(text: string): string[] {
  return parseDockerfile(text).directives.map(({ name, value }) => `${name}=${value}`);
}

describe("directives", () => {
  test("stand at the top, in any case and with blanks anywhere", () => {
    expect(
      directives("# syntax=docker/dockerfile:1\n#ESCAPE = `\n  #\tcheck=skip=all;error=true  \nFROM a\n"),
    ).toEqual(["syntax=docker/dockerfile:1", "escape=`", "check=skip=all;error=true"]);
  });

  test("know where they stand", () => {
    const text = "  # Escape = `  \nFROM a\n";
    const [directive] = parseDockerfile(text).directives;
    if (!directive) throw new Error("no directive");
    expect(at(text, directive.span)).toBe("# Escape = `");
    expect(at(text, directive.nameSpan)).toBe("Escape");
    expect(at(text, directive.valueSpan)).toBe("`");
  });

  test("keep the whole value, blanks in it too", () => {
    expect(directives("# syntax=docker/dockerfile:1 --flag x\nFROM a\n")).toEqual([
      "syntax=docker/dockerfile:1 --flag x",
    ]);
  });

  test.each([
    ["an empty line", "\n# escape=`\nFROM a\n"],
    ["a comment", "# hello\n# escape=`\nFROM a\n"],
    ["a directive that does not exist", "# unknown=x\n# escape=`\nFROM a\n"],
    ["an instruction", "FROM a\n# escape=`\n"],
    ["a #! line", "#!/usr/bin/env docker\n# escape=`\nFROM a\n"],
    ["a directive without value", "# syntax=\n# escape=`\nFROM a\n"],
  ])("end at %s", (_, text) => {
    const file = parseDockerfile(text);
    expect(file.escape).toBe("\\");
    expect(file.directives).toEqual([]);
    expect(file.comments.map((it) => it.text)).toContain("escape=`");
  });

  test("are not comments", () => {
    expect(parseDockerfile("# escape=`\n# a comment\nFROM a\n").comments.map((it) => it.text)).toEqual([
      "a comment",
    ]);
  });

  test("stand behind a byte order mark too", () => {
    expect(parseDockerfile("\ufeff# escape=`\r\nFROM a `\r\n  AS b\r\n").escape).toBe("`");
  });

  test("change the escape character", () => {
    expect(shown("# escape=`\nFROM a\nRUN dir c:\\ `\n  && type x\\\nRUN y\n")).toEqual([
      '(from "a")',
      '(run "dir c:\\\\   && type x\\\\")',
      '(run "y")',
    ]);
  });

  test("can name the frontend in other comments, behind #! and in JSON", () => {
    expect(directives("// syntax=example/frontend:1\nsomething\n")).toEqual(["syntax=example/frontend:1"]);
    expect(directives("#!/usr/bin/env x\n# syntax=example/frontend:1\n")).toEqual([
      "syntax=example/frontend:1",
    ]);
    expect(directives('{"a": 1, "syntax": "example/frontend:1"}')).toEqual(["syntax=example/frontend:1"]);
    expect(directives("// escape=`\nFROM a\n")).toEqual([]);
  });
});

describe("problems of directives", () => {
  test("two of the same name, or an escape that is none", () => {
    expect(problemsIn("# syntax=a/docker/dockerfile:1\n# Syntax=docker/dockerfile\nFROM a\n")).toEqual([
      "duplicate-directive: # Syntax=docker/dockerfile",
    ]);
    expect(problemsIn("# escape=x\nFROM a\n")).toEqual(["invalid-escape-directive: x"]);
    expect(problemsIn("# escape= \nFROM a\n")).toEqual(["invalid-escape-directive:  "]);
  });

  test("a check directive with options that do not exist", () => {
    expect(problemsIn("# check=skip=A,B;error=true\nFROM a\n")).toEqual([]);
    expect(problemsIn("# check=skip=all;eror=true\nFROM a\n")).toEqual([
      "invalid-check-directive: skip=all;eror=true",
    ]);
    expect(problemsIn("# check=error=maybe\nFROM a\n")).toEqual(["invalid-check-directive: error=maybe"]);
  });

  test("a check directive ends at its first blank: a reason may follow, an option may not", () => {
    expect(problemsIn("# check=error=true // for the pipeline\nFROM a\n")).toEqual([]);
    expect(problemsIn("# check = skip=A // error=maybe; or not\nFROM a\n")).toEqual([]);
    expect(problemsIn("# check=skip=A; error=true\nFROM a\n")).toEqual([
      "invalid-check-directive: skip=A; error=true",
    ]);
  });

  test("another frontend reads another language", () => {
    expect(problemsIn("# syntax=example/plus:1\nINCLUDE x\nRUN --strange y\n")).toEqual([]);
    expect(problemsIn("# syntax=mirror.example/docker/dockerfile:1\nFROM a\nINCLUDE x\n")).toEqual([
      "unknown-instruction: INCLUDE",
    ]);
    expect(problemsIn("// syntax=docker/dockerfile:1\nFROM a\n")).toEqual(["unknown-instruction: //"]);
  });
});
