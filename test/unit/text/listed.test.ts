import { expect, test } from "vitest";
import { listed } from "../../../server/src/text/listed.ts";

test("names are listed as in a sentence", () => {
  expect(listed([])).toBe("");
  expect(listed(["a"])).toBe("a");
  expect(listed(["a", "b"])).toBe("a and b");
  expect(listed(["a", "b", "c"])).toBe("a, b and c");
});

test("of many the first few, and how many more", () => {
  expect(listed(["a", "b", "c"], 3)).toBe("a, b and c");
  expect(listed(["a", "b", "c", "d"], 3)).toBe("a, b, c and 1 more");
  expect(listed(["a", "b", "c", "d", "e"], 1)).toBe("a and 4 more");
});
