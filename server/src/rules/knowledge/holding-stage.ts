import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";

/** The stage that an instruction stands in; undefined for one behind ONBUILD, and for one of another file. */
export function holdingStage(instruction: Instruction, model: DockerfileModel): Stage | undefined {
  let stages = known.get(model);
  if (!stages) {
    stages = new Map();
    for (const stage of model.stages) for (const it of stage.instructions) stages.set(it, stage);
    known.set(model, stages);
  }
  return stages.get(instruction);
}

/** Kept, since a long stage would be searched for each of its instructions. */
const known = new WeakMap<DockerfileModel, Map<Instruction, Stage>>();

/** Does an instruction stand in this stage by itself, and not behind ONBUILD or in a stage below? */
export function isOwn(instruction: Instruction, stage: Stage): boolean {
  return holdingStage(instruction, stage.model) === stage;
}
