import type { StageInfo, StagesResult } from "../shared/server-messages.ts";

/** The stage that a target names; the final one without a target. */
export function stageOf(stages: StagesResult | undefined, target: string | undefined): StageInfo | undefined {
  return stages?.stages.find((it) => (target === undefined ? it.isFinal : it.name === target.toLowerCase()));
}
