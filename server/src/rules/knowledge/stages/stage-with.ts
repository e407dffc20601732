import type { Stage } from "../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";

/** Where an instruction stands: in this stage, or in one that it is built on. */
export function stageWith(instruction: Instruction, stage: Stage): Stage | undefined {
  for (const it of stagesDownFrom(stage)) if (it.instructions.includes(instruction)) return it;
  return undefined;
}
