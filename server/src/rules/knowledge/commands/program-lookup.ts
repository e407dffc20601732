import type { StageState } from "../../../model/stage/state.ts";
import type { Command, Script } from "../../../syntax/shell/script.ts";
import { scriptFlow } from "../shell/script-flow.ts";
import { isShellOnly } from "../shell/shell-only.ts";

/**
 * The program that a command's name is looked up as on the stage's own PATH. Undefined for a path, a word of the shell,
 * a function, and where the script may look programs up in another way: it sets PATH, sources a file, or has an alias.
 */
export function lookedUpProgram(command: Command, script: Script, state: StageState): string | undefined {
  const name = command.name?.literal;
  if (!name || !/^[A-Za-z_][\w.+-]*$/.test(name) || isShellOnly(name)) return undefined;
  if (!script.complete || script.functions.includes(name)) return undefined;
  if (command.assignments.some((it) => it.name === "PATH")) return undefined;
  return changesLookup(command, script) || hasStartFile(state) ? undefined : name;
}

function changesLookup(command: Command, script: Script): boolean {
  const { positions, otherLookup } = scriptFlow(script);
  return (positions.get(command) ?? 0) > otherLookup;
}

/** A login shell reads /etc/profile, and bash what BASH_ENV names: both may set PATH and functions. */
function hasStartFile(state: StageState): boolean {
  const { shellCommand } = state;
  const words = shellCommand.known ? shellCommand.value.slice(1) : [];
  return (
    !shellCommand.known ||
    words.some((it) => it === "--login" || /^-[a-z]*[li]/.test(it)) ||
    state.isSet("BASH_ENV").is === "yes" ||
    state.isSet("ENV").is === "yes"
  );
}
