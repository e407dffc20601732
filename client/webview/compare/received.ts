import type { Comparison } from "../../src/sizes/comparison/comparison.ts";

/** A comparison as it comes over the wire: JSON has no `undefined`, and makes it null in a list. */
type SentComparison = Omit<Comparison, "rows"> & {
  readonly rows: readonly (Omit<Comparison["rows"][number], "sizes"> & {
    readonly sizes: readonly (number | null | undefined)[];
  })[];
};

/** The comparison that the host meant. */
export function received(sent: SentComparison): Comparison {
  return {
    ...sent,
    rows: sent.rows.map((row) => ({ ...row, sizes: row.sizes.map((size) => size ?? undefined) })),
  };
}
