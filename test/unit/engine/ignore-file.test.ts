import { describe, expect, test } from "vitest";
import { IgnoreFileError, readIgnoreFile } from "../../../client/src/engine/context/ignore-file.ts";
import { ignoreCases, literalCharacters, refusedIgnoreFiles } from "../../support/ignore-cases.ts";

/** Whether a path is left out, asked as the walk does: folder by folder. */
function ignores(file: string, path: string, onWindows = false): boolean {
  const ignore = readIgnoreFile(file, onWindows);
  const parts = path.split("/");
  return parts.reduce(
    (decision, _, index) => ignore.decide(parts.slice(0, index + 1).join("/"), decision),
    ignore.root,
  ).ignored;
}

describe.each(ignoreCases)("%j", (file, out, kept) => {
  test.each(out)("leaves out %s", (path) => expect(ignores(file, path)).toBe(true));
  test.each(kept)("keeps %s", (path) => expect(ignores(file, path)).toBe(false));
});

test.each(literalCharacters)("%j is itself beside a wildcard and in a set", (character) => {
  for (const file of [`x${character}y*`, `x[z${character}]y*`]) {
    const path = `x${character}y1`;
    expect(ignores(file, path)).toBe(true);
  }
});

test("on Windows a backslash separates", () => {
  expect(ignores("docs\\a", "docs/a", true)).toBe(true);
  expect(ignores("docs\\a", "docs/a")).toBe(false);
});

test.each(refusedIgnoreFiles)("%j is refused on line %d", (file, line) => {
  expect(() => readIgnoreFile(file)).toThrow(IgnoreFileError);
  try {
    readIgnoreFile(file);
  } catch (error) {
    expect((error as IgnoreFileError).line).toBe(line);
  }
});

test("an ignored folder is walked only for the sake of an exception", () => {
  const skips = (file: string, folder: string) => readIgnoreFile(file).canSkip(folder);
  expect(skips("node_modules", "node_modules")).toBe(true);
  expect(skips("*\n!src/a", "src")).toBe(false);
  expect(skips("*\n!src/a", "srca")).toBe(true);
  expect(skips("*\n!src", "src")).toBe(false);
  expect(skips("*\n!**/*.go", "any")).toBe(false);
});
