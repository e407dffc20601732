import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Assignment, Command, ShellWord } from "../../../syntax/shell/script.ts";
import { insert, remove, replace, type TextEdit } from "../../../text/edit.ts";

/** A new word behind one of a command: as a shell reads it, or as a string of exec form. `run` is the one that runs it. */
export function insertWordBehind({ span }: ShellWord, word: string, run: Instruction): TextEdit {
  return insert(span.end, run.exec ? `, ${JSON.stringify(word)}` : ` ${word}`);
}

/** Another word in the place of one. */
export function replaceWord({ span }: ShellWord, word: string, run: Instruction): TextEdit {
  return replace(span, run.exec ? JSON.stringify(word) : word);
}

/** Takes an argument away, with what parts it from the word before. Undefined where exec form goes on in another line. */
export function removeArgument(
  word: ShellWord,
  { name, arguments: words }: Command,
  run: Instruction,
  text: string,
): TextEdit | undefined {
  const before = words[words.indexOf(word) - 1] ?? name;
  const end = word.span.end;
  const isNext = before && /^,?[ \t]+$/.test(text.slice(before.span.end, word.span.start));
  if (isNext) return remove({ start: before.span.end, end });
  return run.exec ? undefined : remove(word.span);
}

/** Takes an assignment in front of a command away; undefined where what follows stands in another line. */
export function removeAssignment(
  assignment: Assignment,
  { name, assignments }: Command,
  text: string,
): TextEdit | undefined {
  const { start, end } = assignment.span;
  const next = assignments[assignments.indexOf(assignment) + 1] ?? name;
  const isNext = next && /^[ \t]+$/.test(text.slice(end, next.span.start));
  return isNext ? remove({ start, end: next.span.start }) : undefined;
}
