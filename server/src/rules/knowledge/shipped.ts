import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";

/** Does what this stage holds end up in the image: is it the final stage, or one that the final stage is built from? */
export function isShipped(stage: Stage): boolean {
  const { model } = stage;
  const stages = shippedStages.get(model) ?? chainOf(model);
  shippedStages.set(model, stages);
  return stages.has(stage);
}

/** Kept, since several rules ask for every COPY. */
const shippedStages = new WeakMap<DockerfileModel, ReadonlySet<Stage>>();

function chainOf(model: DockerfileModel): ReadonlySet<Stage> {
  const stages = new Set<Stage>();
  for (let it = model.finalStage; it; it = it.base.kind === "stage" ? it.base.stage : undefined)
    stages.add(it);
  return stages;
}
