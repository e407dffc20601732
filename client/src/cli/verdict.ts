import { formatBytes } from "../shared/figures.ts";
import type { BudgetInfo } from "../shared/server-messages.ts";
import type { SizeRequest } from "../shared/size-request.ts";
import type { BudgetVerdict } from "../sizes/budget.ts";
import type { ImageReport } from "../sizes/image-report.ts";
import type { SizeChange } from "../sizes/size-change.ts";

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
            `this engine does not tell what ${report.name} weighs compressed, so its budget of ${formatBytes(budget.bytes)} to transfer cannot be checked; engines with the containerd image store do.`,
        ),
    ),
  };
}

/** `over its budget of 100 MB on disk by 12 MB (Dockerfile:1)`, for each budget and the growth. */
export function verdictTexts(
  result: SizeResult,
): readonly { readonly text: string; readonly isOver: boolean }[] {
  const budgets = result.verdicts.flatMap(({ budget, size, over }) => {
    if (size === undefined) return [];
    const what = `its budget of ${formatBytes(budget.bytes)} ${measureText(budget.of)}`;
    const who = `(${originText(budget.from, result.file)})`;
    return over > 0
      ? [{ text: `${formatBytes(over)} over ${what} ${who}`, isOver: true }]
      : [{ text: `within ${what} ${who}, ${formatBytes(budget.bytes - size)} left`, isOver: false }];
  });
  const { growth } = result;
  if (!growth || growth.over === 0) return budgets;
  const most =
    growth.limit.kind === "percent" ? `${growth.limit.percent} %` : formatBytes(growth.limit.bytes);
  return [
    ...budgets,
    { text: `grew ${formatBytes(growth.over)} more than the ${most} that it may`, isOver: true },
  ];
}

export function measureText(of: BudgetInfo["of"]): string {
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
