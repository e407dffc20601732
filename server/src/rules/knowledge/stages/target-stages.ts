import { type DockerfileModel, notedOnModel } from "../../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { needsOf } from "../../../model/stage/stage-graph.ts";

/** Stages that no other stage is built from or takes files from: each is there to become an image of its own. */
export function targetStages(model: DockerfileModel): Stage[] {
  return model.stages.filter(isTarget);
}

/** Is no other stage built from it, and none takes files from it? */
export function isTarget(stage: Stage): boolean {
  return !usedStages(stage.model).has(stage);
}

const usedStages = notedOnModel(
  ({ stages }): ReadonlySet<Stage> => new Set(stages.flatMap((it) => needsOf(it))),
);
