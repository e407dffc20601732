import { expect, test } from "vitest";
import { followedPaths, onlyThese } from "../../../client/src/engine/context/followed-paths.ts";
import { folderTree } from "../../support/folder-tree.ts";

const tree = {
  "a/x.txt": "",
  "a/y.md": "",
  "b/z.txt": "",
  link: { link: "a" },
  "b/back": { link: "../a/x.txt" },
  "b/rooted": { link: "/a" },
  circle: { link: "circle" },
  outside: { link: "../../../etc" },
  "l.txt": { link: "b/back" },
};

test.each([
  ["a", ["a"]],
  ["./a/../b", ["b"]],
  [".", [""]],
  ["nowhere/at/all", ["nowhere/at/all"]],
  ["a/*.txt", ["a/x.txt"]],
  ["[ab]/[yz].*", ["a/y.md", "b/z.txt"]],
  ["link/x.txt", ["a/x.txt", "link"]],
  ["b/back", ["a/x.txt", "b/back"]],
  ["b/rooted/y.md", ["a/y.md", "b/rooted"]],
  ["*.txt", ["a/x.txt", "b/back", "l.txt"]],
  ["outside", ["etc", "outside"]],
  ["circle", ["circle"]],
])("%s", async (path, followed) => {
  expect([...(await followedPaths(folderTree(tree), [path]))].sort()).toEqual(followed);
});

test("what is wanted, and where to look for it", () => {
  const wanted = onlyThese(new Set(["a/b", "c"]));
  expect(["a/b", "a/b/c", "c/d"].every((it) => wanted.includes(it))).toBe(true);
  expect(["a", "a/bb", "cc", "d"].some((it) => wanted.includes(it))).toBe(false);
  expect(wanted.mayHold("a")).toBe(true);
  expect(["c", "aa", "d"].some((it) => wanted.mayHold(it))).toBe(false);
  expect(onlyThese(new Set([""])).includes("anything")).toBe(true);
});
