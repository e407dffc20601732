import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { sizeBudget } from "../../rules/dockerfile/size-budget.ts";
import { budgetSettings, budgetsOfStage } from "../../rules/knowledge/names/budget-comments.ts";
import type { Severity } from "../../rules/rule.ts";
import { severityOf } from "../../rules/severities.ts";
import type { SizeBudget } from "../../rules/size-budget.ts";
import { readSuppressions } from "../../rules/suppressions.ts";
import { grouped } from "../../text/grouped.ts";
import type { Span } from "../../text/span.ts";
import type { Configured } from "./configuration-files.ts";
import type { ConfiguredBudget } from "./size-budgets.ts";

/** A budget that a stage's image may have to keep: said by a comment of its own, or configured. */
export type StageBudget = ((SizeBudget & { readonly comment: Span }) | ConfiguredBudget) & {
  readonly severity: Severity;
};

/** Answers what a stage's image may weigh, nearest first; none where the rule is off or silenced there. The comments are read once. */
export function budgetsOfStages(
  { file }: DockerfileModel,
  configured: Configured,
): (stage: Stage) => readonly StageBudget[] {
  const silenced = readSuppressions(file, configured.ignoreComments);
  const settings = grouped(budgetSettings(file), (it) => it.from);
  return ({ from }) => {
    if (silenced({ rule: sizeBudget.id, aliases: sizeBudget.aliases, span: from.span })) return [];
    const comments = budgetsOfStage(settings.get(from) ?? [], from).flatMap(({ of, value, span }) =>
      of && value.kind === "bytes" ? [{ of, bytes: value.bytes, comment: span }] : [],
    );
    return weighed([...comments, ...configured.budgets], configured);
  };
}

/** As configured for what is built from a file, or for images by their reference. */
export function configuredBudgets(
  configured: Configured,
): readonly (ConfiguredBudget & { readonly severity: Severity })[] {
  return weighed(configured.budgets, configured);
}

function weighed<Budget>(
  budgets: readonly Budget[],
  { ignoredBy, severities }: Configured,
): readonly (Budget & { readonly severity: Severity })[] {
  const severity = severityOf(sizeBudget, severities);
  return ignoredBy !== undefined || severity === "off" ? [] : budgets.map((it) => ({ ...it, severity }));
}
