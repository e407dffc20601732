/** What an image may weigh. */
export interface SizeBudget {
  /** `disk`: all layers unpacked. `transfer`: compressed, as a registry has it. */
  readonly of: BudgetMeasure;
  readonly bytes: number;
}

export type BudgetMeasure = "disk" | "transfer";

/** The names under which comments and configurations give a budget. */
export const budgetNames: Readonly<Record<string, BudgetMeasure>> = {
  "max-size": "disk",
  "max-transfer": "transfer",
};

/** A budget for all images that a pattern means: by their reference, or by the folder or file that they are built from. */
export interface PatternBudget extends SizeBudget {
  /** As written. */
  readonly pattern: string;
}

/**
 * Of several that mean the same image the one that says most of it comes first: a pattern without `*` before one with, then the
 * longest.
 */
export function mostExactFirst(budgets: readonly PatternBudget[]): readonly PatternBudget[] {
  const rank = ({ pattern }: PatternBudget) => (/[*?[{]/.test(pattern) ? 0 : 1);
  return budgets.toSorted((a, b) => rank(b) - rank(a) || b.pattern.length - a.pattern.length);
}
