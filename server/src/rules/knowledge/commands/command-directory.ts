import { resolvePath } from "../../../model/stage/paths.ts";
import type { StageState } from "../../../model/stage/state.ts";
import { type Command, notedOnScript, type Script } from "../../../syntax/shell/script.ts";

/** The directory in which a command of a script runs that begins in `state`; undefined behind a `cd` that is not plain. */
export function directoryOfCommand(
  command: Command,
  script: Script,
  { workdir }: Pick<StageState, "workdir">,
): string | undefined {
  const moved = movesBefore(script).get(command);
  const start = workdir.known ? workdir.value : undefined;
  return moved === undefined ? undefined : moved === "" ? start : resolvePath(start, moved);
}

/**
 * Where a script has gone to when each of its commands starts, from where it began: empty at first; undefined where that is not
 * known. Worked out once, as each path that a long script names is asked about.
 */
const movesBefore = notedOnScript(({ commands }): ReadonlyMap<Command, string | undefined> => {
  const moves = new Map<Command, string | undefined>();
  let moved: string | undefined = "";
  for (const command of commands) {
    moves.set(command, moved);
    if (moved !== undefined) moved = movedBy(command, moved);
  }
  return moves;
});

function movedBy(command: Command, before: string): string | undefined {
  const program = command.name?.literal;
  if (program !== "cd" && program !== "pushd" && program !== "popd") return before;
  const [to, ...more] = command.arguments;
  const isPlain =
    program === "cd" && more.length === 0 && !command.subshell && !command.conditional && !command.mayFail;
  if (!isPlain || to?.literal === undefined) return undefined;
  return before === "" || to.literal.startsWith("/") ? to.literal : `${before}/${to.literal}`;
}
