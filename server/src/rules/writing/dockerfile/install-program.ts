import { isOwn } from "../../../model/stage/holding-stage.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { StageState } from "../../../model/stage/state.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import { installCommand, packageOf } from "../../knowledge/packages/system/install.ts";
import type { Fix } from "../../rule.ts";
import { insertAbove } from "./lines.ts";

/** Installs a program above an instruction of the stage, where that can be done as root with the image's own manager. */
export function installProgram(
  program: string,
  instruction: Instruction,
  stage: Stage,
  state: StageState,
): Fix[] {
  const { packageManager } = state;
  const { because } = state.hasTool(program);
  // What a command in between removes is there no longer, wherever it comes from.
  if (because.some((it) => it.message.includes(" removes "))) return [];
  if (!packageManager.known || state.hasShell.is !== "yes") return [];
  // What starts the container may stand in a stage below.
  if (!isOwn(instruction, stage)) return [];
  const name = packageOf(packageManager.value, program);
  return name === undefined ? [] : installing(name, program, instruction, stage, state);
}

/** Installs packages by their names, above a RUN of the stage, where that can be done as root with the image's own manager. */
export function installPackage(names: string, run: Instruction, stage: Stage, state: StageState): Fix[] {
  return installing(names, names.split(" ").join(" and "), run, stage, state);
}

function installing(
  names: string,
  called: string,
  instruction: Instruction,
  stage: Stage,
  { packageManager, user }: StageState,
): Fix[] {
  if (!packageManager.known || !user.known || !user.value.isRoot) return [];
  const command = installCommand(packageManager.value, names);
  if (command === undefined) return [];
  const edits = [insertAbove(stage.model.file, instruction, `RUN ${command}`)];
  return [{ kind: "unsafe", title: `Install ${called}`, edits }];
}
