import { mayMountProgram } from "../../../model/stage/instructions/run.ts";
import { type Command, notedOnScript } from "../../../syntax/shell/script.ts";
import type { CommandCall } from "../../rule.ts";

/**
 * May this call start something else than the image's own program of that name: a function or alias of the script, or
 * a program that a mount or a PATH of the script brings?
 */
export function mayBeAnotherProgram({ program, command, script, run, stage }: CommandCall): boolean {
  const { workdir } = stage.before(run);
  return (
    script.functions.includes(program) ||
    mayMountProgram(run, workdir.known ? workdir.value : undefined, program) ||
    firstChange(script) <= command.span.start
  );
}

/** Is the program certainly not in the image, and nothing in front of the call may bring it? What is amiss is then that, and not how it is called. */
export function isMissing({ program, command, script, instruction, stage }: CommandCall): boolean {
  if (!stage.before(instruction).lacksTool(program)) return false;
  const before = script.commands.slice(0, script.commands.indexOf(command));
  return before.every(({ name }) => name?.literal === program || BRINGS_NOTHING.has(name?.literal ?? ""));
}

const BRINGS_NOTHING: ReadonlySet<string> = new Set(["set", "export", "cd", "echo", "true", ":"]);

/** Where the script first changes what names stand for; behind everything where it never does. */
const firstChange = notedOnScript(
  ({ commands }): number => commands.find(changesLookup)?.span.start ?? Number.POSITIVE_INFINITY,
);

function changesLookup({ name, arguments: words, assignments }: Command): boolean {
  if (assignments.some((it) => it.name === "PATH")) return true;
  const program = name?.literal;
  return program === "alias" || (program === "export" && words.some((it) => it.raw.startsWith("PATH=")));
}
