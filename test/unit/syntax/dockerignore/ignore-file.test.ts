import { describe, expect, test } from "vitest";
import { parseIgnoreFile } from "../../../../server/src/syntax/dockerignore/ignore-file.ts";
import { ignoreCases, literalCharacters, refusedIgnoreFiles } from "../../../support/ignore-cases.ts";

describe.each(ignoreCases)("%j", (file, out, kept) => {
  const ignore = parseIgnoreFile(file);
  test.each(out)("leaves out %s", (path) => expect(ignore.ignoredBy(path)).toBeDefined());
  test.each(kept)("keeps %s", (path) => expect(ignore.ignoredBy(path)).toBeUndefined());
});

test.each(literalCharacters)("%j is itself beside a wildcard and in a set", (character) => {
  for (const file of [`x${character}y*`, `x[z${character}]y*`]) {
    const path = `x${character}y1`;
    expect(parseIgnoreFile(file).ignoredBy(path)).toBeDefined();
  }
});

test.each(refusedIgnoreFiles)("%j is refused on line %d", (file, line) => {
  expect(parseIgnoreFile(file).problems.map((it) => it.line + 1)).toEqual([line]);
});

test("names the pattern that decided, and where it stands", () => {
  const text = "\uFEFF# all\r\n  *.log \r\n!keep.log\r\n";
  const by = parseIgnoreFile(text).ignoredBy("a.log");
  expect(by?.text).toBe("*.log");
  expect(by && text.slice(by.span.start, by.span.end)).toBe("*.log");
  expect(parseIgnoreFile(text).ignoredBy("keep.log")).toBeUndefined();
});

test("what an exception may bring back below an ignored folder", () => {
  const returns = (file: string, folder: string) => parseIgnoreFile(file).mayReturnBelow(folder);
  expect(returns("node_modules", "node_modules")).toBe(false);
  expect(returns("*\n!src/a", "src")).toBe(true);
  expect(returns("*\n!src/a", "srca")).toBe(false);
  expect(returns("*\n!**/*.go", "any")).toBe(true);
  expect(returns("!src/a\nsrc", "src")).toBe(false);
  expect(returns("!src/a\nsrc\n!src/b", "src")).toBe(true);
  // The last line changes nothing at the folder, and so is not looked at there.
  expect(returns("src\n!src/a\nsrc", "src")).toBe(true);
});
