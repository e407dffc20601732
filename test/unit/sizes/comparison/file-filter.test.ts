import { expect, test } from "vitest";
import { pathFilter } from "../../../../client/src/sizes/comparison/file-filter.ts";

test.each([
  ["", "/any", true],
  ["LIB", "/usr/lib/x", true],
  ["lib/x", "/usr/lib/x", true],
  ["libz", "/usr/lib/x", false],
  ["*.so", "/usr/lib/x.so", true],
  ["*.so", "/usr/lib/x.so.1", false],
  ["*.so*", "/usr/lib/x.so.1", true],
  ["?.so", "/usr/lib/x.so", true],
  ["?.so", "/usr/lib/xy.so", false],
  ["lib/*.so", "/usr/lib/x.so", true],
  ["lib/*.so", "/usr/lib/deep/x.so", false],
  ["lib/**/*.so", "/usr/lib/deep/er/x.so", true],
  ["lib/**/*.so", "/usr/lib/x.so", true],
  ["/lib/*", "/usr/lib/x", false],
  ["/usr/**", "/usr/lib/x", true],
  ["*+(a).[b]", "/x+(a).[b]", true],
  ["***************************a", "/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", false],
])("%s with %s", (text, path, expected) => {
  expect(pathFilter(text)(path)).toBe(expected);
});
