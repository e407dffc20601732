import type { Command, Script } from "../../syntax/shell/script.ts";

/** What is asked of a script for each of its commands, found once. */
export interface ScriptFlow {
  readonly positions: ReadonlyMap<Command, number>;
  /** For each command the last one of its pipeline. */
  readonly pipelineEnds: readonly number[];
  /** The last command that is reached whatever the one in front of it gave. */
  readonly lastSeparated: number;
  readonly hasTrap: boolean;
  readonly setsErrexit: boolean;
  readonly setsPipefail: boolean;
  /** From the command behind this one on, programs may be looked up in another way: PATH, aliases, files that are sourced. */
  readonly otherLookup: number;
}

const flows = new WeakMap<Script, ScriptFlow>();

export function scriptFlow(script: Script): ScriptFlow {
  const known = flows.get(script);
  if (known) return known;
  const { commands } = script;
  const pipelineEnds: number[] = [];
  for (let at = commands.length - 1; at >= 0; at--)
    pipelineEnds[at] = commands[at + 1]?.after === "|" ? (pipelineEnds[at + 1] ?? at) : at;
  const sets = (option: RegExp) =>
    commands.some((it) => it.name?.literal === "set" && it.arguments.some((word) => option.test(word.raw)));
  const otherLookup = commands.findIndex(changesLookup);
  const flow: ScriptFlow = {
    positions: new Map(commands.map((it, at) => [it, at])),
    pipelineEnds,
    lastSeparated: commands.findLastIndex((it) => it.after === ";" || it.after === "first"),
    hasTrap: commands.some((it) => it.name?.literal === "trap"),
    setsErrexit: sets(/^-[a-z]*e|^errexit$/),
    setsPipefail: sets(/^pipefail$/),
    otherLookup: otherLookup < 0 ? Number.POSITIVE_INFINITY : otherLookup,
  };
  flows.set(script, flow);
  return flow;
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
