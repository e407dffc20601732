import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";

/** Does a script end with the first command that fails: by `set -e`, or by the options of its SHELL? */
export function stopsOnFailure({ commands }: Script, run: Instruction, stage: Stage): boolean {
  const { shellCommand } = stage.before(run);
  const options = shellCommand.known ? shellCommand.value.slice(1) : [];
  if (options.some((it) => /^-[a-z]*e/.test(it))) return true;
  return commands.some(
    ({ name, arguments: words }) =>
      name?.literal === "set" && words.some((it) => /^-[a-z]*e|^errexit$/.test(it.literal ?? "")),
  );
}

/** Does the command run whenever the script comes to it, by itself and in the script's own shell? */
export function isPlainStep({ conditional, subshell, background, after }: Command): boolean {
  return !conditional && !subshell && !background && after !== "||" && after !== "|";
}
