import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";

/** Does the shell of this RUN end with the first command that fails, by an option of SHELL or by `set -e`? */
export function stopsOnFailure({ commands }: Script, run: Instruction, stage: Stage): boolean {
  const { shellCommand } = stage.before(run);
  const options = shellCommand.known ? shellCommand.value.slice(1) : [];
  if (options.some((it) => /^-[a-z]*e/.test(it))) return true;
  return commands.some(
    ({ name, arguments: words }) =>
      name?.literal === "set" && words.some((it) => /^-[a-z]*e|^errexit$/.test(it.literal ?? "")),
  );
}

/** Where a command may fail unnoticed: it may not run at all, or the script goes on whatever it says. */
export function mayFail({ conditional, mayFail: isHandled, background }: Command): boolean {
  return conditional || isHandled || background;
}

/** Does the RUN, and with it the build, certainly fail when this command fails? Behind `a; b` only the status of `b` counts. */
export function failsRun(command: Command, script: Script, run: Instruction, stage: Stage): boolean {
  const behind = script.commands.slice(script.commands.indexOf(command) + 1);
  return !mayFail(command) && (!behind.some((it) => it.after === ";") || stopsOnFailure(script, run, stage));
}
