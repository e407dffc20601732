import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { type DockerfileModel, notedOnModel } from "./dockerfile-model.ts";
import type { Stage } from "./stage.ts";

/** The stage that an instruction stands in; undefined for one behind ONBUILD, and for one of another file. */
export function holdingStage(instruction: Instruction, model: DockerfileModel): Stage | undefined {
  return stagesByInstruction(model).get(instruction);
}

/** A long stage would else be searched for each of its instructions. */
const stagesByInstruction = notedOnModel((model): ReadonlyMap<Instruction, Stage> => {
  const stages = new Map<Instruction, Stage>();
  for (const stage of model.stages) for (const it of stage.instructions) stages.set(it, stage);
  return stages;
});

/** Does an instruction stand in this stage by itself, and not behind ONBUILD or in a stage below? */
export function isOwn(instruction: Instruction, stage: Stage): boolean {
  return holdingStage(instruction, stage.model) === stage;
}
