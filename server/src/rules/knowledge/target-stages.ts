import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { needsOf } from "../../model/stage/stage-graph.ts";

/** Stages that no other stage is built from or takes files from: each is there to become an image of its own. */
export function targetStages(model: DockerfileModel): Stage[] {
  return model.stages.filter(isTarget);
}

export function isTarget(stage: Stage): boolean {
  const { model } = stage;
  let used = usedStages.get(model);
  if (!used) {
    used = new Set(model.stages.flatMap(needsOf));
    usedStages.set(model, used);
  }
  return !used.has(stage);
}

/** Kept, since it is asked for each stage. */
const usedStages = new WeakMap<DockerfileModel, ReadonlySet<Stage>>();
