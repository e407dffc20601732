import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";

/** Where an instruction stands: in this stage, or in one that it is built on. */
export function stageWith(instruction: Instruction, stage: Stage): Stage | undefined {
  let at: Stage | undefined = stage;
  while (at && !at.instructions.includes(instruction))
    at = at.base.kind === "stage" ? at.base.stage : undefined;
  return at;
}
