import type { DockerfileModel } from "../../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { replace, type TextEdit } from "../../../text/edit.ts";
import type { StageUse } from "../../knowledge/stages/stage-uses.ts";

/**
 * Gives a stage another name, in its FROM and wherever it is used. Undefined when one of the places cannot be written
 * to. `uses` are those of the whole file.
 */
export function renameStage(
  stage: Stage,
  newName: string,
  uses: readonly StageUse[],
): readonly TextEdit[] | undefined {
  const own = uses.filter((it) => it.stage === stage);
  if (!stage.nameWord || own.some((it) => !it.isWritten)) return undefined;
  return [stage.nameWord.span, ...own.map((it) => it.span)].map((it) => replace(it, newName));
}

/** The name itself if no stage has it, else with the first number from 2 that makes it new. */
export function freeStageName(wanted: string, model: DockerfileModel): string {
  const taken = new Set(model.stages.map((it) => it.name));
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`;
  return name;
}
