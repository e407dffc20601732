import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { copySources } from "./copy-sources.ts";

/** Stages that no other stage is built from or takes files from: each is there to become an image of its own. */
export function targetStages(model: DockerfileModel): Stage[] {
  const used = new Set<Stage>();
  for (const stage of model.stages) {
    if (stage.base.kind === "stage") used.add(stage.base.stage);
    for (const instruction of stage.instructions)
      for (const { name } of copySources(instruction.inner ?? instruction)) {
        const found = model.findStage(name);
        if (found) used.add(found);
      }
  }
  return model.stages.filter((it) => !used.has(it));
}
