import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";

/** Does this command certainly run, and is the build over when it fails? */
export function failsTheBuild(command: Command, script: Script, run: Instruction, stage: Stage): boolean {
  const isPlain = !command.conditional && !command.mayFail && !command.background;
  // The last command of a pipe decides; of other subshells the command says nothing of where they end.
  if (!script.complete || !isPlain || (command.subshell && command.after !== "|")) return false;
  let flow = flows.get(script);
  if (!flow) {
    flow = { loose: script.commands.findLast((it) => it.after !== "&&"), stops: undefined };
    flows.set(script, flow);
  }
  // From here on everything hangs on what went before.
  if (!flow.loose || flow.loose.span.start <= command.span.start) return true;
  flow.stops ??= stopsOnFailure(script, run, stage);
  return flow.stops;
}

/** Kept per script, since each of many commands in one RUN may be asked about. */
const flows = new WeakMap<Script, { readonly loose: Command | undefined; stops: boolean | undefined }>();

/** Is `set -e` in force, by the script itself or by SHELL? */
export function stopsOnFailure({ commands }: Script, run: Instruction, stage: Stage): boolean {
  const { shellCommand } = stage.before(run);
  const options = shellCommand.known ? shellCommand.value.slice(1) : [];
  if (options.some((it) => /^-[a-z]*e/.test(it))) return true;
  return commands.some(
    ({ name, arguments: words }) =>
      name?.literal === "set" && words.some((it) => /^-[a-z]*e|^errexit$/.test(it.literal ?? "")),
  );
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
  const { commands } = script;
  const at = commands.indexOf(command);
  let last = at;
  while (commands[last + 1]?.after === "|") last++;
  const end = commands[last];
  if (!end || command.conditional || command.background || end.background) return "allowed";
  if (end.mayFail || commands.some((it) => it.name?.literal === "trap")) return "allowed";
  const stops = stopsOnFailure(script, run, stage);
  if (last > at) {
    const { shellCommand } = stage.before(run);
    const hasPipefail = shellCommand.known && shellCommand.value.some((it) => /pipefail/.test(it));
    if (!hasPipefail) return "unseen";
  } else if (command.mayFail) return "allowed";
  // What a `;` or a line break separates goes on.
  const goesOn = commands.slice(last + 1).some((it) => it.after === ";" || it.after === "first");
  return goesOn && !stops ? "unseen" : "stops";
}
