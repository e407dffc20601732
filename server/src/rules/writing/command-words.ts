import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { ShellWord } from "../../syntax/shell/script.ts";
import { insert, replace, type TextEdit } from "../../text/edit.ts";

/** A new word behind one of a command: as a shell reads it, or as a string of exec form. `run` is the one that runs it. */
export function insertWordBehind({ span }: ShellWord, word: string, run: Instruction): TextEdit {
  return insert(span.end, run.exec ? `, ${JSON.stringify(word)}` : ` ${word}`);
}

/** Another word in the place of one. */
export function replaceWord({ span }: ShellWord, word: string, run: Instruction): TextEdit {
  return replace(span, run.exec ? JSON.stringify(word) : word);
}
