import type { Stage } from "../model/stage/stage.ts";

/** A stage with the stages it is built from, the oldest first. */
export function lineage(stage: Stage): Stage[] {
  const stages = [stage];
  for (let at = stage; at.base.kind === "stage"; at = at.base.stage) stages.unshift(at.base.stage);
  return stages;
}
