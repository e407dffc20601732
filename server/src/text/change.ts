import type { Span } from "./span.ts";

/** The one place where two versions of a text differ: what stands in front of it and behind it is the same. */
export interface TextChange {
  /** The same offset in both. */
  readonly start: number;
  /** Where the part behind begins in the text before, and in the text after. */
  readonly endBefore: number;
  readonly endAfter: number;
}

/** Takes time linear in the length of what is the same. */
export function changeBetween(before: string, after: string): TextChange {
  const most = Math.min(before.length, after.length);
  const start = commonLength(most, (from, to) => before.slice(from, to) === after.slice(from, to));
  const behind = commonLength(
    most - start,
    (from, to) =>
      before.slice(before.length - to, before.length - from) ===
      after.slice(after.length - to, after.length - from),
  );
  return { start, endBefore: before.length - behind, endAfter: after.length - behind };
}

/** How far two texts are the same: whole blocks are compared at once, the last one by halves. */
function commonLength(most: number, isSame: (from: number, to: number) => boolean): number {
  let low = 0;
  while (low < most && isSame(low, Math.min(low + BLOCK, most))) low = Math.min(low + BLOCK, most);
  let high = Math.min(low + BLOCK, most);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isSame(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

const BLOCK = 4096;

/** Where a range of the text before stands in the text after; undefined when the change touches it. */
export function spanAfter(range: Span, { start, endBefore, endAfter }: TextChange): Span | undefined {
  if (range.end < start) return range;
  if (range.start <= endBefore) return undefined;
  const shift = endAfter - endBefore;
  return shift === 0 ? range : { start: range.start + shift, end: range.end + shift };
}
