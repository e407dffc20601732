import { mayCopyTo } from "../../../model/stage/copy-target.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";

/** May a COPY or ADD bring another Python than the system's, or its parts? */
export function mayCopyPython(instruction: Instruction, stage: Stage): boolean {
  return (
    /^(?:COPY|ADD)$/.test(instruction.name) &&
    mayCopyTo(/^\/(?:usr(?:\/local)?(?:\/bin)?)?$/, instruction, stage)
  );
}
