import type { Assignment, Command, Script, ShellWord } from "./script.ts";

/**
 * The script with `env A=1 command` read as `A=1 command`, which does the same: nobody who asks what a command is given has to know of
 * both. A call with options stays what it is, as `-i` and `-u` take variables away.
 */
export function seenThroughEnv(script: Script): Script {
  if (!script.commands.some(isEnv)) return script;
  return { ...script, commands: script.commands.map(throughEnv), notes: [] };
}

function isEnv({ name }: Command): boolean {
  return name?.literal === "env" || name?.literal === "/usr/bin/env";
}

function throughEnv(command: Command): Command {
  const words = command.arguments;
  if (!isEnv(command) || words.length === 0) return command;
  const at = words.findIndex((it) => !ASSIGNS.test(it.raw));
  const name = words[at];
  // An option, a quoted or computed word: what it is cannot be told here.
  if (at < 0 || !name || name.raw.startsWith("-") || (name.literal ?? "=").includes("=")) return command;
  const assignments: Assignment[] = [];
  for (const word of words.slice(0, at)) {
    const assignment = assignmentOf(word);
    if (!assignment) return command;
    assignments.push(assignment);
  }
  return {
    ...command,
    name,
    arguments: words.slice(at + 1),
    assignments: [...command.assignments, ...assignments],
    notes: [],
  };
}

const ASSIGNS = /^[A-Za-z_]\w*=/;

function assignmentOf({ raw, literal, variables, span }: ShellWord): Assignment | undefined {
  // A line break within the word: where its value begins is not known.
  if (span.end - span.start !== raw.length) return undefined;
  const length = raw.indexOf("=") + 1;
  const value = {
    raw: raw.slice(length),
    literal: literal?.slice(length),
    variables,
    span: { start: span.start + length, end: span.end },
  };
  return { name: raw.slice(0, length - 1), value: value.raw === "" ? undefined : value, span };
}
