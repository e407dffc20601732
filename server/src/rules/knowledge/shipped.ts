import type { Stage } from "../../model/stage/stage.ts";

/** Does what this stage holds end up in the image: is it the final stage, or one that the final stage is built from? */
export function isShipped(stage: Stage): boolean {
  for (let it = stage.model.finalStage; it; it = it.base.kind === "stage" ? it.base.stage : undefined) {
    if (it === stage) return true;
  }
  return false;
}
