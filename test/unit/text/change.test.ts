import fc from "fast-check";
import { expect, test } from "vitest";
import { changeBetween, spanAfter } from "../../../server/src/text/change.ts";

test("what stands around a change is the same in both texts", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "\n", "x".repeat(5000)), { maxLength: 12 })
    .map((it) => it.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { start, endBefore, endAfter } = changeBetween(before, after);
      expect(before.slice(0, start)).toBe(after.slice(0, start));
      expect(before.slice(endBefore)).toBe(after.slice(endAfter));
      expect(Math.min(endBefore, endAfter)).toBeGreaterThanOrEqual(start);
      // As little as can be.
      if (endBefore > start && endAfter > start) {
        expect(before[start]).not.toBe(after[start]);
        expect(before[endBefore - 1]).not.toBe(after[endAfter - 1]);
      }
    }),
  );
});

test("a range in front of the change stays, one behind it moves, one that it touches is gone", () => {
  const change = changeBetween("FROM a\nRUN b\nCMD c\n", "FROM a\nRUN bbb\nCMD c\n");
  expect(spanAfter({ start: 0, end: 6 }, change)).toEqual({ start: 0, end: 6 });
  expect(spanAfter({ start: 13, end: 18 }, change)).toEqual({ start: 15, end: 20 });
  expect(spanAfter({ start: 7, end: 12 }, change)).toBeUndefined();
});
