import type { Service, ServiceCommand } from "../../../model/compose/project.ts";
import { holdingStage } from "../../../model/stage/holding-stage.ts";
import type { PackageJson } from "../../../model/stage/package-json.ts";
import { baseName } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { handsOn } from "../../../model/stage/started/entrypoint-script.ts";
import { PYTHON_RUNNERS, startStep } from "../../../model/stage/started/start-step.ts";
import type { KnownWord, StartedWord } from "../../../model/stage/started/started-word.ts";
import type { CommandSetting } from "../../../model/stage/state.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import type { Script, ShellReader } from "../../../syntax/shell/script.ts";
import { unmapped } from "../../../text/mapped-text.ts";

/** A program that a container runs, behind what only starts another one. */
export interface ContainerProgram {
  readonly program: KnownWord;
  readonly words: readonly StartedWord[];
  /** As it is called: `./server`, `/venv/bin/python`. */
  readonly path: string;
}

interface Project {
  readonly shell: ShellReader | undefined;
  readonly scripts: PackageJson["scripts"];
}

interface Around extends Project {
  /** How many more programs are looked at: scripts may call one another without end. */
  left: number;
}

/**
 * All that the container of a built service runs from its start on, in order: entrypoint and command put together as the engine
 * does, `sh -c` and scripts of package.json taken apart. Undefined stands for what is not known; what follows it may never run.
 */
export function containerPrograms(
  { entrypoint, command }: Pick<Service, "entrypoint" | "command">,
  stage: Stage,
  project: Project,
): readonly (ContainerProgram | undefined)[] {
  const { result } = stage;
  const around: Around = { ...project, left: MOST_PROGRAMS };
  const inherited = result.entrypoint.known ? result.entrypoint.value : null;
  if (inherited === null && !entrypoint) return [undefined];
  const before = entrypoint ? undefined : (inherited ?? undefined);
  if (before?.form === "shell") return ofScript(scriptOf(before, stage), around, 0);
  const first = entrypoint ? wordsOf(entrypoint) : settingWords(before);
  if (!first) return [undefined];
  if (command) {
    const words = wordsOf(command);
    return words ? ofWords([...first, ...words], around, 0) : [undefined];
  }
  if (entrypoint) return ofWords(first, around, 0);
  if (!result.command.known) return [undefined];
  const last = result.command.value;
  if (last?.form !== "shell") return ofWords([...first, ...settingWords(last)], around, 0);
  return first.length > 0 ? [undefined] : ofScript(scriptOf(last, stage), around, 0);
}

function wordsOf({ words, cutAt }: ServiceCommand): readonly StartedWord[] | undefined {
  if (!words || cutAt !== undefined) return undefined;
  return words.map((it) => startedWord(it.includes(HOLE) ? undefined : it));
}

/** Those of an official image's entrypoint, which hands on what it is given, are left out. */
function settingWords(setting: CommandSetting | undefined): readonly StartedWord[] {
  if (!setting) return [];
  const words = setting.words.map((it) => startedWord(it.raw));
  return setting.instruction || !handsOn(words.map((it) => it.text ?? "")) ? words : [];
}

function startedWord(text: string | undefined): StartedWord {
  return { text, span: NOWHERE, written: "elsewhere", instruction: undefined };
}

/** So that what is kept of a service holds no place, which an edit may move. */
const NOWHERE = { start: 0, end: 0 };

function scriptOf({ instruction }: CommandSetting, { model }: Stage): Script | undefined {
  return instruction && holdingStage(instruction, model)?.scriptOf(instruction);
}

function ofScript(
  script: Script | undefined,
  around: Around,
  depth: number,
): readonly (ContainerProgram | undefined)[] {
  if (!script?.complete) return [undefined];
  return script.commands.flatMap(({ name, arguments: words }) =>
    name
      ? ofWords(
          [name, ...words].map((it) => startedWord(it.literal)),
          around,
          depth + 1,
        )
      : [],
  );
}

function ofWords(
  words: readonly StartedWord[],
  around: Around,
  depth: number,
): readonly (ContainerProgram | undefined)[] {
  const [first, ...rest] = words;
  if (first?.text === undefined || depth > DEEPEST || around.left-- <= 0) return [undefined];
  // They make anew what is missing.
  if (PYTHON_RUNNERS.has(baseName(first.text))) return [undefined];
  const step = startStep(words);
  switch (step.is) {
    case "words":
      return ofWords(step.words, around, depth + 1);
    case "script":
      return ofScript(around.shell?.read(unmapped(step.line.text)), around, depth + 1);
    case "package script":
      if (Object.hasOwn(around.scripts, step.name)) return ofPackageScript(step, around, depth + 1);
      // `yarn next dev`: what is no script is a program of a dependency, or one of the manager's own words.
      if (baseName(first.text) !== "npm" && rest[0]?.text === step.name)
        return ofWords(rest, around, depth + 1);
      return [{ program: { ...first, text: baseName(first.text) }, path: first.text, words: rest }];
    case "program":
      return [{ program: step.program, path: first.text, words: step.words }];
    case "script file":
    case "unknown":
      return [undefined];
  }
}

function ofPackageScript(
  { name, words }: { readonly name: string; readonly words: readonly StartedWord[] },
  around: Around,
  depth: number,
): readonly (ContainerProgram | undefined)[] {
  // Another package of the workspace has scripts of its own.
  if (words.some((it) => ELSEWHERE.test(it.text ?? ""))) return [undefined];
  return [`pre${name}`, name].flatMap((it) => {
    const text = Object.hasOwn(around.scripts, it) ? around.scripts[it] : undefined;
    if (text === undefined) return [];
    return ofScript(around.shell?.read(unmapped(text)), around, depth);
  });
}

const ELSEWHERE = /^(?:--prefix|-C|--dir|--cwd|--workspaces?|-w|--filter|-F)(?:=|$)/;

const MOST_PROGRAMS = 100;

/** More than this goes round in a circle of scripts. */
const DEEPEST = 8;
