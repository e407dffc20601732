import { notedOnModel } from "../../../../model/stage/dockerfile-model.ts";
import { notedOnStage, type Stage } from "../../../../model/stage/stage.ts";
import { says } from "../../../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../../syntax/shell/script.ts";
import { readPackageCommand } from "../package-commands.ts";

/** Does a RUN behind this one, in the stage or in one built on it, install with apt from the lists that are there? */
export function areListsUsedBehind(run: Instruction, stage: Stage): boolean {
  return areListsUsedAbove(stage) || run.startLine < lastUseIn(stage);
}

/** The line of the last RUN that does; -1 without. */
const lastUseIn = notedOnStage(
  (stage): number => stage.instructions.findLast((it) => installsWithoutUpdate(it, stage))?.startLine ?? -1,
);

/** Does a stage that is built on this one? */
export function areListsUsedAbove({ model, index }: Stage): boolean {
  return usedAbove(model).has(index);
}

/** Indexes of stages on which one stands that uses them. */
const usedAbove = notedOnModel(({ stages }): ReadonlySet<number> => {
  const above = new Set<number>();
  // A stage is built on earlier ones only.
  for (const stage of stages.toReversed()) {
    const { base, index } = stage;
    if (base.kind !== "stage" || above.has(base.stage.index)) continue;
    if (above.has(index) || usesLists(stage)) above.add(base.stage.index);
  }
  return above;
});

/** The same for a stage that an edit left as it was: its instructions need not be read again. */
const usesLists = notedOnStage((stage: Stage): boolean => {
  const before = stage.model.beforeEdit(stage);
  return before ? usesLists(before) : stage.instructions.some((it) => installsWithoutUpdate(it, stage));
});

function installsWithoutUpdate(run: Instruction, stage: Stage): boolean {
  if (run.name !== "RUN" || !says(MAY_INSTALL, run)) return false;
  const commands = stage.commandsOf(run)?.commands ?? [];
  const first = commands.map(readPackageCommand).find((it) => it?.manager === "apt");
  return first === undefined ? commands.some(startsInstall) : first.act !== "refresh";
}

/** `sudo apt-get install`, `timeout 60 apt-get install`: another program that starts apt. */
function startsInstall({ arguments: words }: Command): boolean {
  const at = words.findIndex((it) => /^(?:apt|apt-get|aptitude)$/.test(it.literal ?? ""));
  return at >= 0 && words.slice(at).some((it) => /^(?:install|upgrade|dist-upgrade)$/.test(it.literal ?? ""));
}

/** Asked of every stage above another, where most install nothing of their own: their scripts need not be read. */
const MAY_INSTALL = /\bapt/;
