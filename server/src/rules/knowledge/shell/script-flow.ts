import { type Command, notedOnScript, type Script } from "../../../syntax/shell/script.ts";

/** What is asked of a script for each of its commands, found once. */
export interface ScriptFlow {
  readonly positions: ReadonlyMap<Command, number>;
  /** For each command the last one of its pipeline. */
  readonly pipelineEnds: readonly number[];
  /** For each command the one that its output goes to, if any: that of `echo "$(cat a)" | sort` is sort's, and that of cat echo's. */
  readonly pipedInto: readonly (number | undefined)[];
  /** The last command that is reached whatever the one in front of it gave. */
  readonly lastSeparated: number;
  readonly hasTrap: boolean;
  readonly setsErrexit: boolean;
  readonly setsPipefail: boolean;
  /** From the command behind this one on, programs may be looked up in another way: PATH, aliases, files that are sourced. */
  readonly otherLookup: number;
  /** The first command that changes the directory. */
  readonly firstMove: number;
}

/** A pipe joins what stands in the same word: not the last command of a substitution with what its holder's output goes to. */
function pipesOf(commands: readonly Command[]): (number | undefined)[] {
  const into: (number | undefined)[] = commands.map(() => undefined);
  const open: number[] = [];
  commands.forEach((command, at) => {
    let last: number | undefined;
    for (let top = open.at(-1); top !== undefined && ends(commands[top], command); top = open.at(-1)) {
      last = top;
      open.pop();
    }
    if (command.after === "|" && last !== undefined) into[last] = at;
    open.push(at);
  });
  return into;
}

/** The command whose output goes to another one through a pipe. */
export function feederOf(command: Command, script: Script): Command | undefined {
  if (command.after !== "|") return undefined;
  const { pipedInto, positions } = scriptFlow(script);
  return script.commands[pipedInto.indexOf(positions.get(command))];
}

function ends(earlier: Command | undefined, { span }: Command): boolean {
  return earlier !== undefined && earlier.span.end <= span.start;
}

export const scriptFlow = notedOnScript(({ commands }): ScriptFlow => {
  const pipedInto = pipesOf(commands);
  const pipelineEnds: number[] = [];
  for (let at = commands.length - 1; at >= 0; at--)
    pipelineEnds[at] = pipelineEnds[pipedInto[at] ?? at] ?? at;
  const positions = new Map<Command, number>();
  let lastSeparated = -1;
  let end = -1;
  let hasTrap = false;
  let setsErrexit = false;
  let setsPipefail = false;
  let otherLookup = Number.POSITIVE_INFINITY;
  let firstMove = Number.POSITIVE_INFINITY;
  for (let at = 0; at < commands.length; at++) {
    const command = commands[at];
    if (!command) continue;
    positions.set(command, at);
    // What stands in `$(…)` of a command says nothing of what follows it.
    const isInside = command.span.start < end;
    end = Math.max(end, command.span.end);
    if (!isInside && (command.after === ";" || command.after === "first")) lastSeparated = at;
    if (otherLookup > at && changesLookup(command)) otherLookup = at;
    const program = command.name?.literal;
    if (program === "trap") hasTrap = true;
    if (firstMove > at && (program === "cd" || program === "pushd")) firstMove = at;
    if (program !== "set") continue;
    for (const { raw } of command.arguments) {
      setsErrexit ||= /^-[a-z]*e|^errexit$/.test(raw);
      setsPipefail ||= raw === "pipefail";
    }
  }
  return {
    positions,
    pipelineEnds,
    pipedInto,
    lastSeparated,
    hasTrap,
    setsErrexit,
    setsPipefail,
    otherLookup,
    firstMove,
  };
});

/** Of two commands of a script. */
export function isInFrontOf(first: Command, second: Command, script: Script): boolean {
  const { positions } = scriptFlow(script);
  return (positions.get(first) ?? 0) < (positions.get(second) ?? 0);
}

function changesLookup({ name, arguments: words, assignments }: Command): boolean {
  if (name === undefined) return assignments.some((it) => it.name === "PATH");
  const program = name.literal;
  if (program === undefined || OTHER_LOOKUP.has(program)) return true;
  return program === "export" && words.some((it) => /^PATH\b/.test(it.raw));
}

const OTHER_LOOKUP: ReadonlySet<string> = new Set([
  ".",
  "source",
  "eval",
  "alias",
  "chroot",
  "shopt",
  "hash",
]);
