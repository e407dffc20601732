import type { Command, Script, ShellReader, ShellWord } from "../../../syntax/shell/script.ts";
import { unmapped } from "../../../text/mapped-text.ts";
import type { PackageJson } from "../package-json.ts";
import { startStep } from "./start-step.ts";
import {
  type Assignments,
  type KnownWord,
  NO_ASSIGNMENTS,
  type StartedCommand,
  type StartedWord,
} from "./started-word.ts";

/** The program that is there in the end, behind all that only starts another one. */
export interface LastProgram extends StartedCommand {
  /** As it is called: `/venv/bin/uvicorn`. */
  readonly path: string;
  /** It is the first word of what is written, so that words behind the last one are its own. */
  readonly isWhole: boolean;
  /** A script in front of it may have set variables. */
  readonly maySetVariables: boolean;
}

/** What stands around the words. */
export interface StartSurroundings {
  /** Undefined where no script can be read. */
  readonly shell: ShellReader | undefined;
  /** Those of the package.json that the image has. */
  readonly scripts: PackageJson["scripts"];
  /** The script of a word that is written in the document, with its places there; undefined for any other. */
  readonly scriptAt?: (line: KnownWord) => Script | undefined;
}

/** Undefined where that is not certain; `background` where a shell puts it there, and ends. */
export type Start = LastProgram | "background" | undefined;

/** What is started by these words in the end: through `tini`, `env`, `sh -c`, `npm start` and their like. */
export function lastProgram(words: readonly StartedWord[], around: StartSurroundings, depth = 0): Start {
  if (depth > DEEPEST) return undefined;
  const step = startStep(words);
  switch (step.is) {
    case "words":
      return withAssignments(lastProgram(step.words, around, depth + 1), step.assignments);
    case "script": {
      const placed = around.scriptAt?.(step.line);
      const script = placed ?? around.shell?.read(unmapped(step.line.text));
      return lastInScript(script, around, placed ? inDocument(step.line) : elsewhere(step.line), depth);
    }
    case "package script": {
      const text = Object.hasOwn(around.scripts, step.name) ? around.scripts[step.name] : undefined;
      const [first] = words;
      if (text === undefined || !first) return undefined;
      const started = lastInScript(around.shell?.read(unmapped(text)), around, elsewhere(first), depth);
      return isProgram(started) ? { ...started, words: [...started.words, ...step.words] } : started;
    }
    case "program":
      return {
        program: step.program,
        path: words[0]?.text ?? "",
        words: step.words,
        assignments: NO_ASSIGNMENTS,
        isWhole: depth === 0,
        maySetVariables: false,
      };
    case "script file":
    case "unknown":
      return undefined;
  }
}

/** The last command of a script; the ones before it are preparations. `place` says where its words stand. */
export function lastInScript(
  script: Script | undefined,
  around: StartSurroundings,
  place: (word: ShellWord) => StartedWord,
  depth = 0,
): Start {
  const last = script?.commands.at(-1);
  if (!script?.complete || !last?.name || last.conditional || last.subshell || last.mayFail) return undefined;
  if (last.background) return "background";
  if (script.commands.some((it) => it.background)) return undefined;
  const program = lastProgram([last.name, ...last.arguments].map(place), around, depth + 1);
  const started = withAssignments(program, assignmentsOf(last));
  if (!isProgram(started)) return started;
  const maySet = script.commands.some((it) => SETS.test(it.name?.literal ?? "") || (it !== last && !it.name));
  return { ...started, maySetVariables: started.maySetVariables || maySet };
}

/** Is it certain which program runs in the end? */
export function isProgram(start: Start): start is LastProgram {
  return start !== undefined && start !== "background";
}

/** Words of a script that the shell reads in the document, for an instruction or in a word of one. */
export function inDocument({ instruction }: Pick<StartedWord, "instruction">) {
  return ({ literal, span }: ShellWord): StartedWord => ({
    text: literal,
    span,
    written: "shell",
    instruction,
  });
}

function elsewhere({ span, instruction }: StartedWord) {
  return ({ literal }: ShellWord): StartedWord => ({
    text: literal,
    span,
    written: "elsewhere",
    instruction,
  });
}

/** What is nearer to the program counts. */
function withAssignments(start: Start, outer: Assignments): Start {
  if (!isProgram(start) || outer.size === 0) return start;
  return { ...start, assignments: new Map([...outer, ...start.assignments]) };
}

function assignmentsOf({ assignments }: Command): Assignments {
  return new Map(assignments.map((it) => [it.name, it.value ? it.value.literal : ""]));
}

const SETS = /^(?:export|source|\.|eval|set|read|declare)$/;

/** More than this goes round in a circle of scripts. */
const DEEPEST = 8;
