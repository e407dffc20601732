// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  HOLE,
  hasVariables,
  interpolate,
  parseTemplate,
} from "../../../../server/src/syntax/compose/interpolate.ts";

const known = new Map([
  ["SET", "value"],
  ["EMPTY", ""],
]);

function text(template: string): string {
  return interpolate(template, (name) => known.get(name)).text.replaceAll(HOLE, "?");
}

describe("the grammar", () => {
  test.each([
    ["plain", "plain"],
    ["$SET", "value"],
    ["${SET}/x", "value/x"],
    ["$SET-x", "value-x"],
    ["$$SET", "$SET"],
    ["$${SET}", "${SET}"],
    ["$$$SET", "$value"],
    ["a $ b $1 $}", "a $ b $1 $}"],
    ["cost: 5$", "cost: 5$"],
    ["$NONE", "?"],
    ["${NONE}", "?"],
    ["${NONE:-x}", "x"],
    ["${NONE-x}", "x"],
    ["${EMPTY:-x}", "x"],
    ["${EMPTY-x}", ""],
    ["${SET:-x}", "value"],
    ["${NONE:-}", ""],
    ["${NONE:-${SET}}", "value"],
    ["${NONE:-a${ALSO:-b}c}", "abc"],
    ["${NONE:-$${x\\}}", "${x\\}"],
    ["${NONE:?message}", "?"],
    ["${SET:?message}", "value"],
    ["${EMPTY:?message}", "?"],
    ["${EMPTY?message}", ""],
    ["${SET:+x}", "x"],
    ["${SET+x}", "x"],
    ["${EMPTY:+x}", ""],
    ["${EMPTY+x}", "x"],
    ["${NONE:+x}", "?"],
    ["${}", "?"],
    ["${ SET}", "?"],
    ["${SET!}", "?"],
    ["${SET", "?SET"],
  ])("%s", (template, expected) => {
    expect(text(template)).toBe(expected);
  });
});

describe("with defaults left open", () => {
  test.each([
    ["${NONE:-x}", "?"],
    ["${NONE-x}", "?"],
    ["a/${NONE:-x}/b", "a/?/b"],
    ["${SET:-x}", "value"],
    ["${EMPTY:-x}", "x"],
    ["${EMPTY:-${NONE:-x}}", "?"],
    ["${SET:-${NONE:-x}}", "value"],
    ["${NONE:+x}", "?"],
    ["${SET:+x}", "x"],
    ["$$x", "$x"],
  ])("%s", (template, expected) => {
    const { text: value, known: isKnown } = interpolate(template, (name) => known.get(name), "open");
    expect(value.replaceAll(HOLE, "?")).toBe(expected);
    expect(isKnown).toBe(!expected.includes("?"));
  });
});

test("whether a value holds variables", () => {
  expect(["$A", "x${A:-b}", "$$A", "a $ b", "${}"].map(hasVariables)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test("the rest of a value with a hole is certain, and its place is known", () => {
  const { text: value, known: isKnown, pieces } = interpolate("postgres://${USER}@db/$$x", () => undefined);
  expect(value).toBe(`postgres://${HOLE}@db/$x`);
  expect(isKnown).toBe(false);
  expect(pieces.map((it) => [it.source.start, it.verbatim])).toEqual([
    [0, true],
    [11, false],
    [18, true],
    [22, false],
    [24, true],
  ]);
});

test("brackets that never close do not take quadratic time", () => {
  expect(parseTemplate("${".repeat(200_000)).length).toBeGreaterThan(0);
  expect(interpolate("${a:-".repeat(50_000) + "}".repeat(50_000), () => undefined).known).toBe(false);
});

test("the parts of any template cover it", () => {
  const templates = fc
    .array(fc.constantFrom("$", "{", "}", "${A", ":-", "?", "+", "B", " ", "$$", "é"), { maxLength: 30 })
    .map((it) => it.join(""));
  fc.assert(
    fc.property(templates, (template) => {
      const parts = parseTemplate(template);
      expect(parts.map((it) => template.slice(it.span.start, it.span.end)).join("")).toBe(template);
      const { text: value, pieces } = interpolate(template, (name) => known.get(name));
      expect(pieces.reduce((sum, it) => sum + it.length, 0)).toBe(value.length);
    }),
    { numRuns: 1000 },
  );
});
