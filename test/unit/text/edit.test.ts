import { expect, test } from "vitest";
import { applyEdits, insert, overlap, remove, replace } from "../../../server/src/text/edit.ts";

test("edits are applied in any order", () => {
  expect(
    applyEdits("abcdef", [remove({ start: 4, end: 6 }), insert(0, "x"), replace({ start: 1, end: 3 }, "Y")]),
  ).toBe("xaYd");
});

test("edits overlap when they change a character both, or insert at one place", () => {
  expect(overlap(replace({ start: 0, end: 3 }, ""), replace({ start: 2, end: 4 }, ""))).toBe(true);
  expect(overlap(replace({ start: 0, end: 2 }, ""), replace({ start: 2, end: 4 }, ""))).toBe(false);
  expect(overlap(insert(1, "a"), insert(1, "b"))).toBe(true);
  expect(overlap(insert(1, "a"), insert(2, "b"))).toBe(false);
});
