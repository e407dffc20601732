import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";

/** Stages that no other stage is built from or takes files from: each is there to become an image of its own. */
export function targetStages(model: DockerfileModel): Stage[] {
  const used = new Set<Stage>();
  for (const stage of model.stages) {
    if (stage.base.kind === "stage") used.add(stage.base.stage);
    for (const reference of stage.instructions.flatMap(sourcesOf)) {
      const found = model.findStage(reference);
      if (found) used.add(found);
    }
  }
  return model.stages.filter((it) => !used.has(it));
}

/** What COPY --from and RUN --mount=from= name, in triggers too. */
function sourcesOf(instruction: Instruction): string[] {
  return (instruction.inner ?? instruction).flags.flatMap(({ name, value, fields }) => {
    if (name === "from") return value ?? [];
    return name === "mount" ? fields.flatMap((it) => (it.name === "from" ? (it.value ?? []) : [])) : [];
  });
}
