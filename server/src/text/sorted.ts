import type { Span } from "./span.ts";

/** The first place of a list at which `holds` is true; true from there on, so that halving finds it. The length when nowhere. */
export function firstWhere<T>(list: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = list[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The last place in rising numbers whose number is `limit` or less; 0 when there is none, so that the first stands for all in front of it. */
export function lastAtMost(rising: readonly number[], limit: number): number {
  let [low, high] = [0, rising.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rising[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Spans that are asked often whether one of them overlaps another. */
export class SpanSet {
  /** By start; `reach` is the furthest end up to there. */
  private readonly sorted: readonly { readonly start: number; readonly reach: number }[];
  private readonly places: ReadonlySet<string>;

  constructor(spans: readonly Span[]) {
    let reach = -1;
    this.sorted = [...spans]
      .sort((a, b) => a.start - b.start)
      .map(({ start, end }) => {
        reach = Math.max(reach, end);
        return { start, reach };
      });
    this.places = new Set(spans.map(keyOf));
  }

  /** As `overlaps` says it of one of them. */
  overlaps(span: Span): boolean {
    const before = this.sorted[firstWhere(this.sorted, (it) => it.start >= span.end) - 1];
    return (before !== undefined && before.reach > span.start) || this.places.has(keyOf(span));
  }
}

function keyOf({ start, end }: Span): string {
  return `${start}-${end}`;
}
