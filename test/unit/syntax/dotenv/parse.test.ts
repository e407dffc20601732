import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDotenv } from "../../../../server/src/syntax/dotenv/parse.ts";

function values(text: string): Record<string, string | undefined> {
  const file = parseDotenv(text);
  expect(file.problems).toEqual([]);
  return Object.fromEntries(file.entries.map((it) => [it.name, it.value]));
}

test("names and values", () => {
  expect(
    values(
      'A=1\nexport B = two words # note\r\n# comment\n\nC=\'a $x # y\'\nD="a\\n\\"b\\""\nE=\nF\nG: yaml\nH=a#b\n',
    ),
  ).toEqual({
    A: "1",
    B: "two words",
    C: "a $x # y",
    D: 'a\n"b"',
    E: "",
    F: undefined,
    G: "yaml",
    H: "a#b",
  });
});

test("quoted values over several lines", () => {
  expect(values("KEY='one\ntwo'\nB=2\n")).toEqual({ KEY: "one\ntwo", B: "2" });
});

test("places of names and values", () => {
  const text = "export NAME = 'x y'\n";
  const [entry] = parseDotenv(text).entries;
  expect(text.slice(entry?.nameSpan.start, entry?.nameSpan.end)).toBe("NAME");
  expect(text.slice(entry?.valueSpan?.start, entry?.valueSpan?.end)).toBe("'x y'");
});

test("what is no entry, and a quote that stays open", () => {
  const text = "not an entry\nA='x\nB=1\n";
  expect(parseDotenv(text).problems.map((it) => [it.code, text.slice(it.span.start, it.span.end)])).toEqual([
    ["dotenv-name", "not an entry"],
    ["dotenv-quote", "'x"],
  ]);
  expect(parseDotenv(text).entries.map((it) => it.name)).toEqual(["A", "B"]);
});

test("any text gives entries with places inside it", () => {
  const texts = fc.array(
    fc.constantFrom("A", "=", "'", '"', "\\", "\n", "\r\n", "#", " ", "export ", ":", "$x", "\uFEFF"),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(texts, (parts) => {
      const text = parts.join("");
      const { entries, problems } = parseDotenv(text);
      for (const { start, end } of [
        ...entries.flatMap((it) => [it.nameSpan, it.valueSpan ?? it.nameSpan]),
        ...problems.map((it) => it.span),
      ]) {
        expect(start >= 0 && start <= end && end <= text.length).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

test("many blanks within a value take no quadratic time", () => {
  const value = `a${" ".repeat(200_000)}b`;
  expect(parseDotenv(`A=${value}  \n`).entries[0]?.value).toBe(value);
});
