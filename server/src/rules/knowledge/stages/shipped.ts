import { notedOnModel } from "../../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../../model/stage/stage.ts";

/** Does what this stage holds end up in the image: is it the final stage, or one that the final stage is built from? */
export function isShipped(stage: Stage): boolean {
  return shippedStages(stage.model).has(stage);
}

const shippedStages = notedOnModel(({ finalStage }): ReadonlySet<Stage> => {
  const stages = new Set<Stage>();
  for (let it = finalStage; it; it = it.base.kind === "stage" ? it.base.stage : undefined) stages.add(it);
  return stages;
});
