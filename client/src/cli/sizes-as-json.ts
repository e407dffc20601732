import type { SizeResult } from "./verdict.ts";

/** A record, as `--against` reads it, with what is held against each image. */
export function sizesAsJson(results: readonly SizeResult[]): string {
  const images = results.map(({ report, verdicts, change, growth }) => ({
    ...report,
    budgets: verdicts.map(({ budget, size, over }) => ({
      of: budget.of,
      bytes: budget.bytes,
      size: size ?? null,
      over,
      from: budget.from,
    })),
    change: change ?? null,
    growth: growth ?? null,
  }));
  return `${JSON.stringify({ form: 1, images }, null, 2)}\n`;
}
