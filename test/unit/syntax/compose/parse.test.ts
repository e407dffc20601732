import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCompose } from "../../../../server/src/syntax/compose/parse.ts";
import type { YamlNode } from "../../../../server/src/syntax/compose/tree.ts";
import { MOST_NODES } from "../../../../server/src/syntax/compose/tree-builder.ts";
import { source } from "../../../../server/src/text/source.ts";

/** A tree as plain data, tags behind the values. */
function plain(node: YamlNode | undefined): unknown {
  if (!node) return null;
  const tag = node.tag?.startsWith("!") && !node.tag.startsWith("!!") ? { tag: node.tag } : undefined;
  if (node.kind === "scalar") return tag ? { ...tag, value: node.value } : node.value;
  if (node.kind === "sequence") return node.items.map(plain);
  return { ...tag, ...Object.fromEntries(node.entries.map((it) => [it.key.value, plain(it.value)])) };
}

function read(text: string): unknown {
  const file = parseCompose(text);
  expect(file.problems).toEqual([]);
  return plain(file.root);
}

/** Problems as `code at "text"`. */
function problems(text: string): string[] {
  return parseCompose(text).problems.map(
    (it) => `${it.code} at ${JSON.stringify(text.slice(it.span.start, it.span.end))}`,
  );
}

describe("YAML 1.2", () => {
  test("values stay as they are written", () => {
    const text = "a: no\nb: 0x10\nc: 1.20\nd: ~\ne: 22:22\nf: null\ng:\n";
    expect(read(text)).toEqual({ a: "no", b: "0x10", c: "1.20", d: "~", e: "22:22", f: "null", g: null });
  });

  test("the type of a plain value is that of the core schema", () => {
    const types = parseCompose("a: [no, 0x10, 1.5, ~, true, 'true', x]").root?.entries[0]?.value;
    expect(types?.kind === "sequence" && types.items.map((it) => it.kind === "scalar" && it.type)).toEqual([
      "string",
      "number",
      "number",
      "null",
      "boolean",
      "string",
      "string",
    ]);
  });

  test("block scalars, quotes, comments, CRLF and a byte order mark", () => {
    const text = "\uFEFFa: |\r\n  one\r\n  two\r\nb: \"x\\ty\" # c\r\nc: 'it''s'\r\n";
    expect(read(text)).toEqual({ a: "one\ntwo\n", b: "x\ty", c: "it's" });
  });

  test("two byte order marks in front, as Compose reads them; not three, and none before a document's mark", () => {
    const text = "\uFEFF\uFEFFservices:\n  a:\n    image: b\n";
    const file = parseCompose(text);
    expect(file.problems).toEqual([]);
    expect(plain(file.root)).toEqual({ services: { a: { image: "b" } } });
    expect(file.root?.entries[0]?.key.span).toEqual({ start: 2, end: 10 });
    expect(plain(parseCompose(`\uFEFF${text}`).root)).not.toHaveProperty("services");
    expect(parseCompose("\uFEFF\uFEFF---\na: b\n").problems).not.toEqual([]);
  });

  test("a list inside brackets may hold a mapping without braces", () => {
    expect(read("a: [b: c, d]\n")).toEqual({ a: [{ b: "c" }, "d"] });
  });

  test("an empty list item is null", () => {
    expect(read("a:\n  -\n  - b\n")).toEqual({ a: ["", "b"] });
  });

  test("of several documents the first one with content is read", () => {
    const file = parseCompose("# top\n---\na: 1\n---\nb: 2\n---\n");
    expect(plain(file.root)).toEqual({ a: "1" });
    expect(file.furtherDocuments).toBe(1);
  });

  test("an empty file has no root and no problem", () => {
    for (const text of ["", "\n", "# only a comment\n"]) {
      expect(parseCompose(text)).toMatchObject({ root: undefined, problems: [] });
    }
  });
});

describe("anchors, aliases and merge keys", () => {
  test("an alias is the anchor's value, and says so", () => {
    const text = "a: &x {b: 1}\nc: *x\n";
    expect(read(text)).toEqual({ a: { b: "1" }, c: { b: "1" } });
    const [own, aliased] = parseCompose(text).root?.entries ?? [];
    expect([own?.value?.viaAlias, aliased?.value?.viaAlias]).toEqual([false, true]);
    expect(aliased?.value?.span).toEqual(own?.value?.span);
  });

  test("the last anchor of a name before the alias counts", () => {
    expect(read("a: &x 1\nb: *x\nc: &x 2\nd: *x\n")).toEqual({ a: "1", b: "1", c: "2", d: "2" });
  });

  test("own keys go before merged ones, the first merged mapping before the second", () => {
    const text = source`
      x: &x {a: 1, b: 1}
      y: &y {b: 2, c: 2}
      z:
        <<: [*x, *y]
        a: 9
    `;
    expect(read(text)).toMatchObject({ z: { a: "9", b: "1", c: "2" } });
  });

  test("merges nest", () => {
    const text = "x: &x {a: 1}\ny: &y\n  <<: *x\n  b: 2\nz:\n  <<: *y\n  c: 3\n";
    expect(read(text)).toMatchObject({ z: { a: "1", b: "2", c: "3" } });
  });

  test("a quoted << is a key like any other", () => {
    expect(read('a: {"<<": 1}\n')).toEqual({ a: { "<<": "1" } });
  });

  test("what is no mapping cannot be merged", () => {
    expect(problems("a:\n  <<: text\n")).toEqual(['yaml-merge at "<<"']);
    expect(problems("x: &x [1]\na:\n  <<: *x\n")).toEqual(['yaml-merge at "<<"']);
  });

  test("an alias needs an anchor before it, and not around it", () => {
    expect(problems("a: *x\nb: &x 1\n")).toEqual(['yaml-unknown-anchor at "*x"']);
    expect(problems("a: &x [*x]\n")).toEqual(['yaml-recursive-alias at "*x"']);
    expect(problems("a: &x\n  <<: *x\n")).toEqual(['yaml-recursive-alias at "*x"']);
  });
});

test("!reset and !override are kept as tags", () => {
  expect(read("a: !reset null\nb: !override\n  - c\nd: !reset\n")).toEqual({
    a: { tag: "!reset", value: "null" },
    b: ["c"],
    d: { tag: "!reset", value: "" },
  });
  expect(parseCompose("b: !override [c]\n").root?.entries[0]?.value?.tag).toBe("!override");
});

describe("what is wrong is said where it is", () => {
  test.each([
    ["a: 1\na: 2\n", 'yaml-duplicate-key at "a"'],
    ["services:\n\tweb: {}\n", 'yaml-tab at "\\t"'],
    ["a: b: c\n", 'yaml-nested-mapping at "b"'],
    ["a: [b, c\nd: e\n", 'yaml-unclosed at "d"'],
    ["a: 'b\n", 'yaml-unclosed at "b"'],
    ['a: "\\d"\n', 'yaml-escape at "\\\\"'],
    ["a: @b\n", 'yaml-quote at "@"'],
    ["a:\n  b: 1\n c: 2\n", 'yaml-indent at " "'],
    ["? [a]\n: b\n", 'yaml-key at "[a]"'],
    ["123: a\n", 'yaml-key at "123"'],
    ["a: {true: b}\n", 'yaml-key at "true"'],
    ["a: {~: b}\n", 'yaml-key at "~"'],
    ["a:\n  2026-01-31: b\n", 'yaml-key at "2026-01-31"'],
    ["a:\n  1_000: b\n", 'yaml-key at "1_000"'],
    ["- a\n", 'compose-no-mapping at "- a"'],
    ["text\n", 'compose-no-mapping at "text"'],
    ["a: 1\n---\n", 'compose-no-mapping at "---"'],
    ["a: 1\n---\n# nothing\n---\nb: 1\n", 'compose-no-mapping at "---"'],
    ["a: 1\n---\ntext\n", 'compose-no-mapping at "text"'],
    ["a: x\x81y\n", 'yaml-character at "\x81"'],
    ["a: x\uFFFEy\n", 'yaml-character at "\uFFFE"'],
    ["# x\u2028y\na: 1\n", 'yaml-character at "\u2028"'],
    ["a: x\x85y\n", 'yaml-character at "\x85"'],
    ["a:\n\t# x\n  b: 1\n", 'yaml-tab at "\\t"'],
    ["a: x\n\t# x\n", 'yaml-tab at "\\t"'],
    ["a: x\n\t\nb: y\n", 'yaml-tab at "\\t"'],
    ["a:\n  - \tx\n", 'yaml-tab at "\\t"'],
    ["a: |\n  x\n\t\nb: 1\n", 'yaml-indent at "\\t"'],
  ])("%j", (text, problem) => {
    expect(problems(text)).toContain(problem);
  });

  test("an edit of another service keeps what is told of a tab and of an invisible character", () => {
    const one = parseCompose("services:\n  a:\n    x: 1\n\t# x\n  b:\n    y: 1 # \u2028x\n  c:\n    z: 1\n");
    const other = parseCompose(one.text.replace("z: 1", "z: 23"), one);
    expect(other.edit).toBeDefined();
    expect(one.problems.map((it) => it.code)).toEqual(["yaml-tab", "yaml-character"]);
    expect(other.problems).toEqual(one.problems);
    const typed = parseCompose(other.text.replace("z: 23", "z: 23 # \u2029x"), other);
    expect(typed.problems.map((it) => it.code)).toEqual(["yaml-tab", "yaml-character", "yaml-character"]);
  });

  test("a key that reads like a text is one", () => {
    expect(problems("\"1\": a\n'2': b\non: c\nno: d\n1a: e\n1.2.3: f\n22:22: g\n2026-13-01: h\n")).toEqual(
      [],
    );
  });

  test("all duplicates, not only the first", () => {
    expect(problems("a: {b: 1, b: 2, b: 3}\nc: {d: 1, d: 2}\n")).toHaveLength(3);
  });

  test("what is around a mistake is read all the same", () => {
    const file = parseCompose("services:\n  web:\n    image: nginx\n    im\n  db:\n    image: postgres\n");
    expect(file.problems).toHaveLength(1);
    expect(plain(file.root)).toMatchObject({
      services: { web: { image: "nginx" }, db: { image: "postgres" } },
    });
  });
});

/** Tried with docker compose 2.40: its reader is laxer than the grammar. */
describe("what Compose takes all the same", () => {
  test("tabs between words, in values and in brackets", () => {
    const text = 'a:\tx\t# c\nb\t: "x\n\ty"\nc: [1,\n\t2]\nd: x\n    \ty\ne: |\n  x\n  \ty\n';
    expect(read(text)).toMatchObject({ a: "x", c: ["1", "2"], d: "x y", e: "x\n\ty\n" });
  });

  test("invisible ends of lines in quotes, and with nothing behind them", () => {
    expect(problems('a: "x\u2028y"\nb: x # y\u2028\n# z\x85 # z\n')).toEqual([]);
  });

  test("a document in braces, and what ends a document", () => {
    expect(problems("a: 1\n---\n{}\n...\n# end\n")).toEqual([]);
  });

  test("lines that end with a carriage return alone", () => {
    expect(read("a:\r  b: 1\r  c:\r    - d\r")).toEqual({ a: { b: "1", c: ["d"] } });
  });

  test("lines in brackets that are not indented", () => {
    expect(read('a:\n  b: [\n    1, # one\n"two # x"\n]\nc: {\nd: [\n]\n}\n')).toEqual({
      a: { b: ["1", "two # x"] },
      c: { d: [] },
    });
  });

  test("lines in quotes that are not indented", () => {
    expect(read("a:\n  b: \"x\r\n  y\"\nc: 'it''s\nz'\nd: 1\n")).toMatchObject({ c: "it's z", d: "1" });
  });

  test("places stay where they are", () => {
    const text = "a: [\nx\n]\nb: &q last\nc: *q\n";
    const last = parseCompose(text).root?.entries.at(-1);
    expect(text.slice(last?.span.start, last?.span.end)).toBe("c: *q");
  });

  test("a comment right behind a quote", () => {
    expect(read('a: "b"#c\n')).toEqual({ a: "b" });
  });

  test("but not what is never closed", () => {
    expect(problems("a: [\nb\nc: [d]\n")[0]).toMatch(/^yaml-/);
    expect(problems('a: "b\nc: d\n')).toEqual(['yaml-unclosed at "d"']);
  });
});

test("control characters are refused", () => {
  expect(problems("a: \u0007\nb: \u0000\n")).toEqual(['yaml-character at "\\u0007"']);
});

describe("bounded", () => {
  test.each([
    ["brackets", "[".repeat(100_000)],
    ["braces", "{a: ".repeat(50_000)],
    ["list items on one line", "- ".repeat(100_000)],
    ["indented keys", Array.from({ length: 2_000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
  ])("nesting: %s", (_, text) => {
    expect(parseCompose(text).problems.map((it) => it.code)).toEqual(["yaml-nesting"]);
  });

  test("deep enough for any file that people write", () => {
    expect(problems(`a: ${"[".repeat(90)}${"]".repeat(90)}\n`)).toEqual([]);
    expect(problems(Array.from({ length: 90 }, (_, depth) => `${"  ".repeat(depth)}a:`).join("\n"))).toEqual(
      [],
    );
  });

  test("aliases of aliases of aliases", () => {
    const lines = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(10)}]`);
    const file = parseCompose(`a0: &a0 [1]\n${lines.join("\n")}\n`);
    expect(file.problems.map((it) => it.code)).toEqual(["yaml-excessive-aliases"]);
    expect(count(file.root)).toBeLessThanOrEqual(MOST_NODES);
  });

  test("a chain of aliases is no way around the bound of nesting", () => {
    const lines = Array.from({ length: 1_000 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]`);
    expect(parseCompose(`a0: &a0 [1]\n${lines.join("\n")}\n`).problems[0]?.code).toBe("yaml-nesting");
  });
});

function count(node: YamlNode | undefined): number {
  if (!node) return 0;
  if (node.kind === "scalar") return 1;
  const parts = node.kind === "mapping" ? node.entries.map((it) => it.value) : node.items;
  return parts.reduce((sum, it) => sum + count(it), 1);
}

/** Pieces that make YAML go wrong more often than letters do. */
const yamlish = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "services:",
        "a: ",
        "- ",
        "  ",
        "\n",
        "\n  ",
        "\r\n",
        "\t",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "&x ",
        "*x",
        "<<: ",
      ),
      fc.constantFrom(
        "'",
        '"',
        "|\n",
        ">-\n",
        "# c",
        "!reset ",
        "!!map ",
        "? ",
        ": ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "\\",
        "\uFEFF",
      ),
      fc.string({ maxLength: 6, unit: "binary" }),
    ),
    { maxLength: 40 },
  )
  .map((it) => it.join(""));

test("any text gives a file, and each place in it lies inside the text", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(yamlish, (text) => {
      const file = parseCompose(text);
      const inside = ({ start, end }: { start: number; end: number }) =>
        start >= 0 && start <= end && end <= text.length;
      expect(file.problems.every((it) => inside(it.span))).toBe(true);
      const check = (node: YamlNode | undefined): void => {
        if (!node) return;
        expect(inside(node.span)).toBe(true);
        if (node.kind === "sequence") node.items.forEach(check);
        if (node.kind !== "mapping") return;
        expect(new Set(node.entries.map((it) => it.key.value)).size).toBe(node.entries.length);
        for (const { key, value, span } of node.entries) {
          expect(inside(span)).toBe(true);
          check(key);
          check(value);
        }
      };
      check(file.root);
    }),
    { numRuns: 700 },
  );
});
