import { documentShell } from "../../../model/stage/script-text.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../../syntax/shell/script.ts";
import { type ScriptFlow, scriptFlow } from "../shell/script-flow.ts";

/** Does the shell that runs this script leave it at the first command that fails (`set -e`)? */
export function stopsOnFailure(script: Script, run: Instruction, stage: Stage): boolean {
  return scriptFlow(script).setsErrexit || shellWords(run, stage).some((it) => /^-[a-z]*e/.test(it));
}

/** Options of the shell that runs it. */
function shellWords(run: Instruction, stage: Stage): readonly string[] {
  const own = documentShell(run);
  if (own) return own.words.slice(1);
  const { shellCommand } = stage.before(run);
  return shellCommand.known ? shellCommand.value.slice(1) : [];
}

/** What becomes of a script when one of its commands fails. */
export type Failure =
  /** The script fails with it. */
  | "stops"
  /** It fails unseen: the script goes on, and nothing says that this was meant. */
  | "unseen"
  /** The author has seen to it: behind `||`, in a condition, in the background. */
  | "allowed";

/** `run` is the RUN, CMD or ENTRYPOINT that the script is of. */
export function failureOf(command: Command, script: Script, run: Instruction, stage: Stage): Failure {
  const flow = scriptFlow(script);
  const at = flow.positions.get(command) ?? 0;
  const last = flow.pipelineEnds[at] ?? at;
  const end = script.commands[last];
  if (!end || command.conditional || command.background || end.background) return "allowed";
  if (end.mayFail || flow.hasTrap) return "allowed";
  if (last > at) {
    if (!shellWords(run, stage).some((it) => it.includes("pipefail")) && !flow.setsPipefail) return "unseen";
  } else if (command.mayFail) return "allowed";
  if (!goesOnBehind(last, flow)) return "stops";
  // `set -e` does not look at what stands left of `&&` (POSIX, XCU 2.15, set): the list fails, and the script goes on behind it.
  const next = script.commands[last + 1];
  // What follows may be a group or an `if`, whose first command says nothing of that.
  const isLastOfList = !next || !stage.model.file.text.slice(end.span.end, next.span.start).includes("&&");
  return isLastOfList && stopsOnFailure(script, run, stage) ? "stops" : "unseen";
}

/** What a `;` or a line break separates goes on. */
function goesOnBehind(position: number, { lastSeparated }: ScriptFlow): boolean {
  return lastSeparated > position;
}

/** Is the RUN, and with it the build, certainly over when this command fails? Where the script's end cannot be seen it is not. */
export function failsRun(command: Command, script: Script, run: Instruction, stage: Stage): boolean {
  // The last command of a pipe decides; of other subshells the command says nothing of where they end.
  if (!script.complete || (command.subshell && command.after !== "|")) return false;
  return failureOf(command, script, run, stage) === "stops";
}

/** Where a command may fail unnoticed: it may not run at all, or the script goes on whatever it says. */
export function mayFail({ conditional, mayFail: isHandled, background }: Command): boolean {
  return conditional || isHandled || background;
}
