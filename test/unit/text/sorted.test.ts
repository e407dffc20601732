import { expect, test } from "vitest";
import { firstWhere, lastAtMost, SpanSet } from "../../../server/src/text/sorted.ts";
import { overlaps, span } from "../../../server/src/text/span.ts";

test("the first place where it holds, and the length when nowhere", () => {
  const list = [1, 3, 3, 7];
  expect([0, 3, 4, 8].map((least) => firstWhere(list, (it) => it >= least))).toEqual([0, 1, 3, 4]);
  expect(firstWhere([], () => true)).toBe(0);
});

test("a set of spans overlaps what one of them overlaps, empty ones among them", () => {
  const spans = [span(8, 9), span(2, 6), span(3, 4), span(7, 7)];
  const set = new SpanSet(spans);
  for (let start = 0; start < 11; start++) {
    for (let end = start; end < 11; end++) {
      const asked = span(start, end);
      expect(set.overlaps(asked), `${start}-${end}`).toBe(spans.some((it) => overlaps(it, asked)));
    }
  }
  expect(new SpanSet([]).overlaps(span(0, 1))).toBe(false);
});

test("the last of rising numbers that is not above a limit", () => {
  expect(lastAtMost([0, 4, 9], 3)).toBe(0);
  expect(lastAtMost([0, 4, 9], 4)).toBe(1);
  expect(lastAtMost([0, 4, 9], 100)).toBe(2);
  expect(lastAtMost([2, 4], 1)).toBe(0);
});
