import type { ArgumentInfo, BudgetInfo, StageInfo } from "../../../client/src/shared/server-messages.ts";
import { type StageOutline, stageOutlines } from "../features/stage-outline.ts";
import { baseText } from "../features/stage-text.ts";
import type { Variable } from "../features/variables.ts";
import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import { type Span, textOf } from "../text/span.ts";
import type { Configured } from "../workspace/configuration/configuration-files.ts";
import type { ConfiguredBudget } from "../workspace/configuration/size-budgets.ts";
import { budgetsOfStages, type StageBudget } from "../workspace/configuration/stage-budgets.ts";
import type { Positions } from "./positions.ts";

/** A Dockerfile as the client sees it. */
export function stagesOf(
  model: DockerfileModel,
  configured: Configured,
  positions: Positions,
): readonly StageInfo[] {
  const budgetsOf = budgetsOfStages(model, configured);
  return stageOutlines(model).map((it) => ({
    ...stageInfo(it, model.file.text, positions),
    budgets: budgetsOf(it.stage).map((budget) => budgetInfo(budget, positions)),
  }));
}

function stageInfo(
  { stage, ports, buildArguments, secrets, ssh, chain }: StageOutline,
  text: string,
  positions: Positions,
): Omit<StageInfo, "budgets"> {
  const last = stage.instructions.at(-1) ?? stage.from;
  return {
    index: stage.index,
    name: stage.name ?? null,
    ...lines({ start: stage.from.span.start, end: last.span.end }, positions),
    base: baseText(stage),
    isFinal: stage.isFinal,
    ports,
    secrets,
    ssh,
    arguments: buildArguments.map((it) => argumentInfo(it, positions)),
    chain: chain.map((it) => ({
      keyword: it.instruction.name,
      text: textOf(text, it.instruction.span),
      stage: it.stage.index,
      ...lines(it.instruction.span, positions),
    })),
  };
}

function argumentInfo({ name, value, pair }: Variable, positions: Positions): ArgumentInfo {
  return { name, default: value ?? null, line: positions.positionAt(pair.span.start).line };
}

function lines(
  { start, end }: Span,
  positions: Positions,
): { readonly line: number; readonly endLine: number } {
  return { line: positions.positionAt(start).line, endLine: positions.positionAt(end).line };
}

function budgetInfo(budget: StageBudget, positions: Positions): BudgetInfo {
  if (!("comment" in budget)) return configuredBudgetInfo(budget);
  const { of, bytes, severity, comment } = budget;
  const { line } = positions.positionAt(comment.start);
  return { of, bytes, severity, image: null, from: { kind: "comment", line } };
}

/** A budget of settings or of a configuration file; `path` is null for settings. */
export function configuredBudgetInfo(budget: ConfiguredBudget & Pick<BudgetInfo, "severity">): BudgetInfo {
  const { of, bytes, severity, pattern, byReference, file } = budget;
  const from = { kind: "configuration", path: file ?? null, pattern } as const;
  return { of, bytes, severity, image: byReference ? pattern : null, from };
}
