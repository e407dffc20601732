import { type DockerfileModel, notedOnModel } from "../../../model/stage/dockerfile-model.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import type { StageState } from "../../../model/stage/state.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";

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

/** Another text whenever an edit changed what is built on a stage, so that what `imagesWith` told of it may be another thing. */
export function versionOfImages(stage: Stage): string {
  return versions(stage.model).get(stage) ?? "";
}

/** The number of stages built on a stage, and the newest of them: an edit takes some away, or makes one that is newer than all. */
const versions = notedOnModel(({ stages }: DockerfileModel): ReadonlyMap<Stage, string> => {
  const found = new Map<Stage, { readonly count: number; readonly newest: number }>();
  // A stage stands behind the one that it is built on.
  for (const stage of stages.toReversed()) {
    if (stage.base.kind !== "stage") continue;
    const above = found.get(stage) ?? { count: 0, newest: 0 };
    const others = found.get(stage.base.stage) ?? { count: 0, newest: 0 };
    found.set(stage.base.stage, {
      count: others.count + above.count + 1,
      newest: Math.max(others.newest, above.newest, ageOf(stage)),
    });
  }
  return new Map([...found].map(([stage, { count, newest }]) => [stage, `${count} ${newest}`]));
});

let stagesSeen = 0;

/** The same for a stage that an edit left as it was, and higher than any before for another one. */
const ageOf = notedOnStage((stage: Stage): number => {
  const before = stage.model.beforeEdit(stage);
  return before ? ageOf(before) : ++stagesSeen;
});

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
