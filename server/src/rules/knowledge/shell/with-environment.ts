import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command, Script, ShellWord } from "../../../syntax/shell/script.ts";
import { expandShellWord } from "../../../syntax/shell/word.ts";
import { isPlainPath } from "../commands/plain-path.ts";

/**
 * A command of RUN with the values of those variables put into its words that ENV or the base sets, whatever is built with, and that the
 * script leaves alone. Only where a value is a plain path, so that quotes around it change nothing.
 */
export function withEnvironment(command: Command, script: Script, run: Instruction, stage: Stage): Command {
  const { name, arguments: words, redirections } = command;
  const hasVariable = ({ variables, literal }: ShellWord) => literal === undefined && variables.length > 0;
  const all = [...(name ? [name] : []), ...words, ...redirections.flatMap((it) => it.target ?? [])];
  if (run.exec || !all.some(hasVariable) || script.commands.some(maySetAny)) return command;
  const value = (variable: string) => environmentValue(variable, run, stage);
  const filled = (word: ShellWord): ShellWord => {
    if (!hasVariable(word)) return word;
    const literal = expandShellWord(word, value);
    return literal === undefined || !isPlainPath(literal) ? word : { ...word, literal };
  };
  return {
    ...command,
    name: name && filled(name),
    arguments: words.map(filled),
    redirections: redirections.map((it) => (it.target ? { ...it, target: filled(it.target) } : it)),
    notes: [],
  };
}

/** A file that is read, or a text that is made, may set any variable. */
function maySetAny({ name }: Command): boolean {
  const program = name?.literal;
  return program === "." || program === "source" || program === "eval" || program === "read";
}

function environmentValue(variable: string, run: Instruction, stage: Stage): string | undefined {
  // Named without `$` it may be set by the script itself.
  if (isNamedBare(variable, run.body.text)) return undefined;
  const value = stage.before(run).variable(variable);
  return value.known && isFixed(variable, stage) ? value.value : undefined;
}

/** Does the name stand there as a word of its own, without `$` in front of it? No pattern, as each would be compiled once. */
function isNamedBare(variable: string, text: string): boolean {
  for (let at = text.indexOf(variable); at >= 0; at = text.indexOf(variable, at + 1))
    if (!/[$\w{]/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + variable.length))) return true;
  return false;
}

/** Does no ARG have a say in its value, nor in those of the variables that it is made of? */
function isFixed(variable: string, stage: Stage): boolean {
  const answers = fixedVariables(stage);
  const known = answers.get(variable) ?? isMadeOfFixed(variable, stage);
  answers.set(variable, known);
  return known;
}

/** What was answered: many commands of a stage name the same variables. */
const fixedVariables = notedOnStage((): Map<string, boolean> => new Map());

function isMadeOfFixed(variable: string, stage: Stage): boolean {
  const stages = [...stagesDownFrom(stage)];
  const names = new Set([variable]);
  // What is added while they are gone through is looked at too.
  for (const name of names) {
    if (names.size > MOST_NAMES) return false;
    for (const it of stages) {
      const setting = settingsIn(it).get(name);
      if (setting?.byArgument) return false;
      for (const other of setting?.madeOf ?? []) names.add(other);
    }
  }
  return true;
}

/** Nobody puts a path together from more. */
const MOST_NAMES = 10;

interface Setting {
  byArgument: boolean;
  readonly madeOf: string[];
}

/** All that a stage's instructions say of each name, found once. */
const settingsIn = notedOnStage(({ instructions }): ReadonlyMap<string, Setting> => {
  const found = new Map<string, Setting>();
  for (const instruction of instructions)
    for (const { name, value } of instruction.pairs) {
      const setting = found.get(name.raw) ?? { byArgument: false, madeOf: [] };
      found.set(name.raw, setting);
      if (instruction.name === "ARG") setting.byArgument = true;
      else
        for (const [, other = ""] of (value?.raw ?? "").matchAll(/\$\{?([A-Za-z_]\w*)/g))
          setting.madeOf.push(other);
    }
  return found;
});
