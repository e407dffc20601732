import { describe, expect, test } from "vitest";
import { IgnoreFileError, readIgnoreFile } from "../../../client/src/engine/ignore-file.ts";

/** Whether a path is left out, asked as the walk does: folder by folder. */
function ignores(file: string, path: string, onWindows = false): boolean {
  const ignore = readIgnoreFile(file, onWindows);
  const parts = path.split("/");
  return parts.reduce(
    (decision, _, index) => ignore.decide(parts.slice(0, index + 1).join("/"), decision),
    ignore.root,
  ).ignored;
}

// Each row was compared with `docker build` on engine 28.5.2 (test/engine/context.test.ts does so over a whole tree).
describe.each([
  ["node_modules", ["node_modules", "node_modules/a/b.js"], ["sub/node_modules", "node_modules2"]],
  ["*.md", ["README.md"], ["docs/README.md", "README.mdx"]],
  ["**/*.md", ["README.md", "docs/a/README.md"], ["README.mdx"]],
  ["/a.log", ["a.log"], ["sub/a.log"]],
  ["docs/*", ["docs/a", "docs/a/b"], ["docs", "x/docs/a"]],
  ["a/**", ["a/b", "a/b/c"], ["a", "ab"]],
  ["**", ["a", "a/b"], []],
  ["**/tmp", ["tmp", "a/tmp", "a/b/tmp/c"], ["atmp"]],
  ["a/**/z", ["a/z", "a/b/z", "a/b/c/z"], ["z", "a/zz"]],
  ["?.txt", ["a.txt"], ["ab.txt", ".txt"]],
  ["[a-c].txt", ["b.txt"], ["d.txt"]],
  ["[^a-c].txt", ["d.txt"], ["b.txt"]],
  ["bin/", ["bin", "bin/x"], ["sub/bin"]],
  ["./x", ["x"], ["a/x"]],
  ["../x", [], ["x"]],
  ["a//b/../c", ["a/c"], ["a/b"]],
  ["  spaced  ", ["spaced"], []],
  ["#comment", [], ["#comment"]],
  ["\\#hash", ["#hash"], ["hash"]],
  ["c++", ["c++"], ["ccc"]],
  ["f(1).txt", ["f(1).txt"], ["f1.txt"]],
  ["a|b", ["a|b"], ["a", "b"]],
  ["$x.{1}", ["$x.{1}"], []],
  ["*\n!keep", ["x", "x/keep"], ["keep", "keep/a"]],
  ["*\n!src\nsrc/*.tmp", ["x", "src/a.tmp"], ["src", "src/a.go"]],
  ["!keep\n*", ["keep"], []],
  ["a\n!a/b", ["a", "a/c"], ["a/b"]],
  ["\uFEFFx", ["x"], []],
  ["x\r\ny\r\n", ["x", "y"], []],
  ["", [], ["x"]],
])("%j", (file, out, kept) => {
  test.each(out)("leaves out %s", (path) => expect(ignores(file, path)).toBe(true));
  test.each(kept)("keeps %s", (path) => expect(ignores(file, path)).toBe(false));
});

test("on Windows a backslash separates", () => {
  expect(ignores("docs\\a", "docs/a", true)).toBe(true);
  expect(ignores("docs\\a", "docs/a")).toBe(false);
});

test.each([
  ["a\n[x", 2],
  ["x\\", 1],
  ["!", 1],
])("%j is refused on line %d", (file, line) => {
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
