import type { Stage } from "../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";

/** Has a stage, or one that it is built on, a COPY or an ADD? Where nothing is copied at all, it is only a sketch yet. */
export function copiesAnything(stage: Stage): boolean {
  for (const { instructions } of stagesDownFrom(stage))
    if (instructions.some((it) => it.name === "COPY" || it.name === "ADD")) return true;
  return false;
}
