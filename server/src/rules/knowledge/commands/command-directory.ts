import { resolvePath } from "../../../model/stage/paths.ts";
import type { StageState } from "../../../model/stage/state.ts";
import type { Command, Script } from "../../../syntax/shell/script.ts";

/** The directory in which a command of a script runs that begins in `state`; undefined behind a `cd` that is not plain. */
export function directoryOfCommand(
  command: Command,
  script: Script,
  { workdir }: Pick<StageState, "workdir">,
): string | undefined {
  let directory = workdir.known ? workdir.value : undefined;
  for (const it of script.commands) {
    if (it === command) return directory;
    const program = it.name?.literal;
    if (program !== "cd" && program !== "pushd" && program !== "popd") continue;
    const [to, ...more] = it.arguments;
    const isPlain = program === "cd" && more.length === 0 && !it.subshell && !it.conditional && !it.mayFail;
    directory =
      isPlain && to?.literal !== undefined && directory !== undefined
        ? resolvePath(directory, to.literal)
        : undefined;
    if (directory === undefined) return undefined;
  }
  return undefined;
}
