import fc from "fast-check";
import { expect, test } from "vitest";
import { readPlainScript } from "../../../../server/src/syntax/shell/plain-script.ts";
import type { Script } from "../../../../server/src/syntax/shell/script.ts";
import { mapText } from "../../../../server/src/text/mapped-text.ts";
import { grammarReader } from "../../../support/shell.ts";

const name = fc.constantFrom(
  "apk",
  "apt-get",
  "./run.sh",
  "set",
  "cd",
  "é",
  '"quoted"',
  "$X",
  "test",
  "exit",
  "echo",
);
const word = fc.constantFrom(
  ...[
    "-y",
    "--x=1",
    "'q r'",
    '"d $X e"',
    `\${W}`,
    "$V/x",
    "*.c",
    "{}",
    "\\;",
    "1",
    "foo=1.*",
    "~/x",
    "é",
    "\"é\"'b'c",
    "a^b",
    "a,b",
  ],
  ...["-", "--", "%", "@v1", "100%", '"\\$X"', "''", '""', "A=1", "?", "2", "=", "https://example.com/a?b=c"],
);
const substitution = fc.constantFrom(
  "$(date +%F)",
  '"built $(date)"',
  'a-$(uname -m | sed "s/x/y z/")-b',
  "$(a && b || exit 1)",
  '"$(dpkg --print-architecture)"',
  '$(a $(b "$X") c)',
  "$(A=1 b; c)",
);
const redirection = fc.constantFrom(">/dev/null", "2>&1", ">> log", "< in", '> "$X"');
const command = fc
  .tuple(
    fc.array(fc.constantFrom("A=1", "B=$X", "C='x y'", "D=", "E=$(f g)", 'F="$(f)/x"'), { maxLength: 2 }),
    name,
    fc.array(fc.oneof({ weight: 9, arbitrary: word }, { weight: 1, arbitrary: substitution }), {
      maxLength: 5,
    }),
    fc.array(redirection, { maxLength: 2 }),
  )
  .map((it) => it.flat().join(" "));
// The grammar takes a `[` on the line behind a redirection for its target, so a test only comes first here.
const first = fc.constantFrom('[ -f "$X" ]', "[ ! -d /x ]", "[ 1 -gt 2 ]");
const other = fc.constantFrom("export A=1 B", "export A='x y'", "unset A B");
const statement = fc.oneof({ weight: 5, arbitrary: command }, { weight: 1, arbitrary: other });
const operator = fc.constantFrom(
  " && ",
  " || ",
  "; ",
  " | ",
  ";\n",
  " && \\\n  ",
  ";\n# comment\n",
  "&&",
  ";",
);
const list = fc
  .tuple(
    fc.oneof({ weight: 5, arbitrary: statement }, { weight: 1, arbitrary: first }),
    fc.array(fc.tuple(operator, statement), { maxLength: 4 }),
  )
  .map(([start, rest]) => start + rest.map((it) => it.join("")).join(""));
const part = fc.oneof({ weight: 3, arbitrary: list }, { weight: 1, arbitrary: compound(list) });
const script = fc
  .array(fc.oneof({ weight: 3, arbitrary: list }, { weight: 1, arbitrary: compound(part) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((it) => it.join("; "));

function compound(inner: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    fc.tuple(inner, inner).map(([a, b]) => `if ${a}; then ${b}; fi`),
    fc.tuple(inner, inner, inner).map(([a, b, c]) => `if ${a}; then\n  ${b}; else ${c}\nfi`),
    fc
      .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), inner)
      .map(([words, it]) => `for name in ${words.join(" ")}; do ${it}; done`),
  );
}

test("a plain script reads as the grammar reads it", () => {
  let plain = 0;
  let all = 0;
  fc.assert(
    fc.property(script, (text) => {
      all++;
      const quick = readPlainScript(text);
      if (!quick) return;
      plain++;
      expect(quick).toEqual(byGrammar(text));
    }),
    { numRuns: Number(process.env["SCRIPT_RUNS"] ?? 1000) },
  );
  expect(plain / all).toBeGreaterThan(0.9);
});

test("any characters: an answer, and no other than the grammar's where both read them", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ab= \t\n;&|<>()[]{}$'\"\\`#-!*é1") }), (text) => {
      const grammar = byGrammar(text);
      for (const { span } of grammar.commands) expect(text.slice(span.start, span.end).trim()).not.toBe("");
      expect(() => readPlainScript(text)).not.toThrow();
    }),
  );
});

test.each([
  "if a; then b; fi | c",
  "if a; then b; elif c; then d; fi",
  "while a; do b; done",
  "for x; do a; done",
  "a && if b; then c; fi",
  "a $((1 + 2))",
  "a $(<b)",
  "a $(b # c\n)",
  "a `b`",
  "(a)",
  "{ a; }",
  "a <<E\nE",
  "a &",
  "! a",
  "f() { a; }",
  "a |& b",
  "'open",
  "a &&",
])("leaves %j to the grammar", (text) => {
  expect(readPlainScript(text)).toBeUndefined();
});

function byGrammar(text: string): Script {
  return grammarReader.read(mapText(text, [{ start: 0, end: text.length }]));
}
