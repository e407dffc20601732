import { isOwn } from "../../../model/stage/holding-stage.ts";
import { baseName, resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import { replace, type TextEdit } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";
import { execForm, plainWords } from "../commands/exec-form.ts";
import { holdsComment } from "../dockerfile/lines.ts";

/** What the container of a stage starts: its ENTRYPOINT, or CMD where there is none. */
export interface Started {
  /** One of the stage's own. */
  readonly instruction: Instruction;
  /** The words of the command; undefined where a shell has to make them, e.g. of variables. */
  readonly words: readonly string[] | undefined;
  readonly program: string;
  /** Where the program is written. */
  readonly span: Span;
}

/** Undefined for what is not a single command of this stage's own. */
export function startedBy(stage: Stage): Started | undefined {
  const { entrypoint, command } = stage.result;
  // What the base would start goes with the base.
  const own = [entrypoint, command].flatMap((it) => (it.known && it.value?.instruction) || []);
  const [instruction] = own;
  if (!instruction || !isOwn(instruction, stage)) return undefined;
  if (instruction.hereDocuments.length > 0) return undefined;
  if (instruction.exec) {
    const [program] = instruction.exec;
    const words = instruction.exec.map((it) => it.raw);
    return program && { instruction, words, program: program.raw, span: program.span };
  }
  const script = stage.scriptOf(instruction);
  const [only, ...more] = script?.commands ?? [];
  if (!script || !only?.name || more.length > 0 || !script.complete) return undefined;
  if (only.conditional || only.background || only.assignments.length > 0) return undefined;
  const name = only.name.literal === "exec" ? only.arguments[0] : only.name;
  if (name?.literal === undefined) return undefined;
  const isExec = only.name.literal === "exec";
  const words = plainWords(
    isExec ? { ...script, commands: [{ ...only, name, arguments: only.arguments.slice(1) }] } : script,
  );
  return { instruction, words, program: name.literal, span: name.span };
}

/** The absolute path of a program in the stage; a bare name is looked up among what the stage has built. */
export function pathOfProgram(program: string, { result }: Stage): string | undefined {
  if (program.includes("/"))
    return resolvePath(result.workdir.known ? result.workdir.value : undefined, program);
  const found = result.files.filter((it) => it.binary && baseName(it.path) === program);
  return found.find((it) => /(^|\/)s?bin\/[^/]+$/.test(it.path))?.path;
}

/** Starts a program at another path; a plain command becomes exec form, so that signals reach it. */
export function restart(started: Started, path: string, stage: Stage): TextEdit[] | undefined {
  const { instruction, words, program, span } = started;
  const { file } = stage.model;
  if (instruction.exec) return path === program ? [] : [replace(span, JSON.stringify(path))];
  const whole = instruction.rest.spanOf(0, instruction.rest.text.length);
  if (words && holdsComment(file, whole)) return undefined;
  if (words) return [replace(whole, execForm([path, ...words.slice(1)]))];
  return path === program ? [] : [replace(span, path)];
}
