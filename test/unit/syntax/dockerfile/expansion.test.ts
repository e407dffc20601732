import { describe, expect, test } from "vitest";
import { expandWord, UNKNOWN } from "../../../../server/src/syntax/dockerfile/expand.ts";
import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";
import { variablesIn } from "../../../../server/src/syntax/dockerfile/variables.ts";
import { at, only } from "./shown.ts";

const values: Readonly<Record<string, string>> = {
  SET: "value",
  EMPTY: "",
  FILE: "lib.tar.gz",
  PATH: "/usr/bin",
  MARKS: "()[]{}^$.*?|\\x",
  WORD: "한국어",
};

/** The value, or the error's code behind `!`; `UNKNOWN…` is not known. */
function expanded(raw: string, escapeCharacter = "\\"): string {
  const lookup = (name: string) => (name.startsWith("UNKNOWN") ? UNKNOWN : values[name]);
  const { value, error, unknown } = expandWord(raw, lookup, escapeCharacter);
  if (error) return `! ${error.code}`;
  return value ?? `? ${unknown.join(" ")}`;
}

describe("variables", () => {
  test.each([
    ["$SET", "value"],
    [`\${SET}`, "value"],
    ["a$SET.b", "avalue.b"],
    ["$SETx", ""],
    [`\${SET}x`, "valuex"],
    ["$NOT_SET", ""],
    ["$1x$@", "x"],
    ["a$", "a$"],
    ["a$.b", "a$.b"],
    ["$WORD", "한국어"],
    ["$한", ""],
  ])("%s is %j", (raw, value) => {
    expect(expanded(raw)).toBe(value);
  });
});

describe("defaults, alternatives, requirements", () => {
  test.each([
    [`\${SET:-x}`, "value"],
    [`\${EMPTY:-x}`, "x"],
    [`\${EMPTY-x}`, ""],
    [`\${NOT-x}`, "x"],
    [`\${NOT:-}`, ""],
    [`\${SET:+x}`, "x"],
    [`\${EMPTY:+x}`, ""],
    [`\${EMPTY+x}`, "x"],
    [`\${NOT+x}`, ""],
    [`\${SET:?x}`, "value"],
    [`\${EMPTY?x}`, ""],
    [`\${EMPTY:?x}`, "! variable-required"],
    [`\${NOT?x}`, "! variable-required"],
    [`\${NOT:-\${ALSO_NOT:-$SET/y}}`, "value/y"],
    [`\${NOT:-"a b"'c}'}`, "a bc}"],
    [`\${NOT:-a\\}b}`, "a}b"],
    [`\${NOT:-a:b}`, "a:b"],
  ])("%s is %j", (raw, value) => {
    expect(expanded(raw)).toBe(value);
  });

  test("say what is required", () => {
    const { error } = expandWord(`a\${NOT:?set $SET, please}`, (name) => values[name], "\\");
    expect(error).toMatchObject({ message: "NOT: set value, please", start: 1, end: 25 });
  });
});

describe("patterns", () => {
  test.each([
    [`\${FILE#*.}`, "tar.gz"],
    [`\${FILE##*.}`, "gz"],
    [`\${FILE%.*}`, "lib.tar"],
    [`\${FILE%%.*}`, "lib"],
    [`\${FILE#lib}`, ".tar.gz"],
    [`\${FILE#x}`, "lib.tar.gz"],
    [`\${FILE#???.}`, "tar.gz"],
    [`\${FILE%?}`, "lib.tar.g"],
    [`\${FILE#}`, "lib.tar.gz"],
    [`\${FILE##}`, "lib.tar.gz"],
    [`\${FILE%%*}`, ""],
    [`\${FILE#[a-z]}`, "lib.tar.gz"],
    [`\${MARKS#()[]{\\}^$.\\*\\?|\\\\}`, "x"],
    [`\${PATH#\\/usr}`, "/bin"],
    [`\${FILE#$SET}`, "lib.tar.gz"],
    [`\${NOT#x}`, ""],
    [`\${FILE/./-}`, "lib-tar.gz"],
    [`\${FILE//./-}`, "lib-tar-gz"],
    [`\${FILE/t*z/x}`, "lib.x"],
    [`\${FILE//./}`, "libtargz"],
    [`\${PATH/\\/usr/}`, "/bin"],
    [`\${PATH//\\//:}`, ":usr:bin"],
    [`\${SET/$NOT/x}`, "xvalue"],
    [`\${SET///}`, "value"],
    [`\${WORD%?}`, "한국"],
  ])("%s is %j", (raw, value) => {
    expect(expanded(raw)).toBe(value);
  });

  test("an escape that protects nothing is refused", () => {
    expect(expanded(`\${SET#\\v}`)).toBe("! bad-pattern");
    expect(expanded(`\${SET/\\x/y}`)).toBe("! bad-pattern");
  });

  test("a value that no program could take is given up as unknown", () => {
    const long = (name: string) => (name === "A" ? "a".repeat(70_000) : undefined);
    expect(expandWord("$A", long, "\\").value).toHaveLength(70_000);
    expect(expandWord("$A$A", long, "\\")).toEqual({
      value: undefined,
      unknown: [],
      unset: [],
      error: undefined,
    });
  });

  test("a match takes no more than length times length", () => {
    const lookup = (name: string) => (name === "A" ? "a".repeat(1_000) : undefined);
    expect(expandWord(`\${A#${"*a".repeat(500)}b}`, lookup, "\\").value).toBe("a".repeat(1_000));
  });
});

describe("quotes and escapes", () => {
  test.each([
    ["'$SET'", "$SET"],
    ["'a\\'b", "a\\b"],
    ['"$SET"', "value"],
    ['"a\\$SET"', "a$SET"],
    ['"a\\nb"', "a\\nb"],
    ['"a\\"b"', 'a"b'],
    ['"it\'s"', "it's"],
    ["\\$SET", "$SET"],
    ["a\\nb", "anb"],
    ["a\\ b", "a b"],
    ["a\\", "a"],
    ["a\"b\"'c'", "abc"],
    ['""', ""],
  ])("%s is %j", (raw, value) => {
    expect(expanded(raw)).toBe(value);
  });

  test("with a backtick as escape character", () => {
    expect(expanded("c:\\$SET`$x", "`")).toBe("c:\\value$x");
  });

  test("can be kept, as in the content of a here-document", () => {
    const lookup = (name: string) => values[name];
    expect(expandWord('it\'s "$SET"', lookup, "\\", { keepQuotes: true }).value).toBe('it\'s "value"');
  });
});

describe("errors", () => {
  test.each([
    ["'a", "! unterminated-quote"],
    ['"a', "! unterminated-quote"],
    ['a"$SET', "! unterminated-quote"],
    [`\${SET`, "! unterminated-substitution"],
    [`\${`, "! unterminated-substitution"],
    [`\${SET:-x`, "! unterminated-substitution"],
    [`\${SET/a`, "! unterminated-substitution"],
    [`\${SET//a}`, "! unterminated-substitution"],
    [`\${}`, "! bad-substitution"],
    [`\${{a}`, "! bad-substitution"],
    [`\${:-a}`, "! bad-substitution"],
    [`\${SET=x}`, "! unsupported-modifier"],
    [`\${SET:=x}`, "! unsupported-modifier"],
    [`\${SET:#x}`, "! unsupported-modifier"],
    [`\${SET:1:2}`, "! unsupported-modifier"],
    [`\${#SET}`, "! unsupported-modifier"],
    [`\${SET^^}`, "! unsupported-modifier"],
  ])("%s: %s", (raw, error) => {
    expect(expanded(raw)).toBe(error);
  });
});

describe("what is not known", () => {
  test.each([
    ["a$UNKNOWN", "? UNKNOWN"],
    [`\${UNKNOWN:-x}`, "? UNKNOWN"],
    [`\${UNKNOWN:?x}`, "? UNKNOWN"],
    [`\${SET:+$UNKNOWN}`, "? UNKNOWN"],
    [`\${SET#$UNKNOWN}`, "? UNKNOWN"],
    [`\${SET:-$UNKNOWN}`, "value"],
    [`\${NOT:+$UNKNOWN}`, ""],
    ["$UNKNOWN_A$UNKNOWN_B", "? UNKNOWN_A UNKNOWN_B"],
  ])("%s is %j", (raw, value) => {
    expect(expanded(raw)).toBe(value);
  });

  test("names that are not set are told", () => {
    expect(expandWord(`$A\${B:-x}$C`, (name) => (name === "C" ? "c" : undefined), "\\").unset).toEqual([
      "A",
      "B",
    ]);
  });
});

describe("variables in a word", () => {
  test("with name, operator, argument and their places", () => {
    const text = `FROM golang:\${VERSION:-1.\${MINOR}}-$OS\n`;
    const [word] = only(text).words;
    const found = word ? variablesIn(word, "\\") : [];
    expect(found.map((it) => [it.name, it.operator, it.argument])).toEqual([
      ["VERSION", ":-", `1.\${MINOR}`],
      ["MINOR", "", undefined],
      ["OS", "", undefined],
    ]);
    expect(found.map((it) => at(text, it.span))).toEqual([`\${VERSION:-1.\${MINOR}}`, `\${MINOR}`, "$OS"]);
    expect(found.map((it) => at(text, it.nameSpan))).toEqual(["VERSION", "MINOR", "OS"]);
    expect(found[0]?.argumentSpan && at(text, found[0].argumentSpan)).toBe(`1.\${MINOR}`);
  });

  test("across continued lines, and with the longest-match operator", () => {
    const text = `ENV A=$B\\\nC D=\${E##*/}\n`;
    const words = only(text).words.flatMap((it) => variablesIn(it, "\\"));
    expect(words.map((it) => [it.name, it.operator, it.argument])).toEqual([
      ["BC", "", undefined],
      ["E", "##", "*/"],
    ]);
    expect(words.map((it) => at(text, it.nameSpan))).toEqual(["B\\\nC", "E"]);
  });

  test("not escaped and not in single quotes", () => {
    expect(
      only("ENV A=\\$B C='$D' E=\"$F\"")
        .words.flatMap((it) => variablesIn(it, "\\"))
        .map((it) => it.name),
    ).toEqual(["F"]);
  });

  test("in exec form", () => {
    const text = 'COPY ["$A", "\\u0024B"]\n';
    const found = (parseDockerfile(text).instructions[0]?.words ?? []).flatMap((it) => variablesIn(it, "\\"));
    expect(found.map((it) => at(text, it.span))).toEqual(["$A", '"\\u0024B"']);
  });

  test("before an error", () => {
    expect(
      only(`USER $A\${`)
        .words.flatMap((it) => variablesIn(it, "\\"))
        .map((it) => it.name),
    ).toEqual(["A"]);
  });
});
