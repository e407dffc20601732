import { formatBytes } from "../shared/figures.ts";
import type { BudgetInfo } from "../shared/server-messages.ts";
import type { SizeRequest } from "../shared/size-request.ts";
import type { BudgetVerdict } from "../sizes/budget.ts";
import type { ImageReport } from "../sizes/report/image-report.ts";
import type { SizeChange } from "../sizes/report/size-change.ts";

/** One image as it is told of: what it weighs, and what is held against it. */
export interface SizeResult {
  readonly report: ImageReport;
  /** The Dockerfile as it was named; undefined for an image. */
  readonly file: string | undefined;
  readonly verdicts: readonly BudgetVerdict[];
  /** Whether an earlier record was given; it may have nothing of this image. */
  readonly isCompared: boolean;
  readonly change: SizeChange | undefined;
  readonly growth:
    | { readonly limit: NonNullable<SizeRequest["maxGrowth"]> /** Bytes above it. */; readonly over: number }
    | undefined;
}

/** Whether the whole fails, and what could not be judged, as sentences. */
export function failsOf(results: readonly SizeResult[]): {
  readonly isOver: boolean;
  readonly isUnknown: readonly string[];
} {
  return {
    isOver: results.some(
      ({ verdicts, growth }) => verdicts.some((it) => it.over > 0) || (growth?.over ?? 0) > 0,
    ),
    isUnknown: results.flatMap(({ report, verdicts }) =>
      verdicts
        .filter((it) => it.size === undefined)
        .map(
          ({ budget }) =>
            `not all layers of ${report.name} could be read, so its budget of ${formatBytes(budget.bytes)} to transfer cannot be checked.`,
        ),
    ),
  };
}

/** `is 12.3 MB over its budget of 100 MB on disk (Dockerfile:1)`, for each budget, and for how much it may grow. */
export function verdictTexts(
  result: SizeResult,
): readonly { readonly text: string; readonly isOver: boolean }[] {
  const budgets = result.verdicts.flatMap(({ budget, size, over }) => {
    if (size === undefined) return [];
    const what = `its budget of ${formatBytes(budget.bytes)} ${measureText(budget.of)}`;
    const who = `(${originText(budget.from, result.file)})`;
    return over > 0
      ? [{ text: `is ${formatBytes(over)} over ${what} ${who}`, isOver: true }]
      : [{ text: `is within ${what} ${who}, ${formatBytes(budget.bytes - size)} left`, isOver: false }];
  });
  return [...budgets, ...growthTexts(result)];
}

function growthTexts({
  growth,
  change,
}: SizeResult): readonly { readonly text: string; readonly isOver: boolean }[] {
  if (!growth || !change) return [];
  const { limit, over } = growth;
  const most = limit.kind === "percent" ? `${limit.percent} %` : formatBytes(limit.bytes);
  if (over > 0)
    return [{ text: `grew ${formatBytes(over)} more than the ${most} that it may`, isOver: true }];
  return [
    change.onDisk > 0
      ? { text: `grew ${formatBytes(change.onDisk)}, within the ${most} that it may`, isOver: false }
      : { text: "did not grow", isOver: false },
  ];
}

function measureText(of: BudgetInfo["of"]): string {
  return of === "disk" ? "on disk" : "to transfer";
}

function originText(from: BudgetInfo["from"], file: string | undefined): string {
  switch (from.kind) {
    case "comment":
      return `${file ?? "Dockerfile"}:${from.line + 1}`;
    case "flag":
      return `--${from.name}`;
    case "configuration":
      return `${from.path?.replace(/^.*[\\/]/, "") ?? "settings"}: ${from.pattern}`;
  }
}
