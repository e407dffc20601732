import { type DockerfileModel, notedOnModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { StageState } from "../../model/stage/state.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";

/**
 * The stages in whose image a stage's USER, HEALTHCHECK, ENTRYPOINT or CMD is in force: the stage itself, and those built on it
 * that set nothing else. What it needs may be put into them further down, so that it is missing only where all of them lack it.
 */
export function imagesWith(setting: Instruction, stage: Stage): readonly Stage[] {
  const images = [stage];
  const builtOn = stagesByBase(stage.model);
  for (const image of images)
    for (const it of builtOn.get(image) ?? []) if (mayBeInForce(setting, it.result)) images.push(it);
  return images;
}

const stagesByBase = notedOnModel(({ stages }: DockerfileModel): ReadonlyMap<Stage, readonly Stage[]> => {
  const builtOn = new Map<Stage, Stage[]>();
  for (const stage of stages) {
    if (stage.base.kind !== "stage") continue;
    const others = builtOn.get(stage.base.stage);
    if (others) others.push(stage);
    else builtOn.set(stage.base.stage, [stage]);
  }
  return builtOn;
});

function mayBeInForce(setting: Instruction, { user, healthcheck, entrypoint, command }: StageState): boolean {
  switch (setting.name) {
    case "USER":
      return !user.known || user.value.instruction === setting;
    case "HEALTHCHECK":
      return !healthcheck.known || isOf(setting, healthcheck.value?.command?.instruction);
    case "ENTRYPOINT":
      return !entrypoint.known || isOf(setting, entrypoint.value?.instruction);
    default:
      return !command.known || isOf(setting, command.value?.instruction);
  }
}

/** A health check's command may be kept with the CMD in it. */
function isOf(setting: Instruction, instruction: Instruction | undefined): boolean {
  return instruction !== undefined && (instruction === setting || instruction === setting.inner);
}
