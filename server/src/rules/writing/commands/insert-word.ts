import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { ShellWord } from "../../../syntax/shell/script.ts";
import { insert, type TextEdit } from "../../../text/edit.ts";

/** Puts a word behind one of a RUN's words: in exec form as a string of its own. */
export function insertWord(text: string, word: ShellWord, run: Instruction): TextEdit {
  return insert(word.span.end, run.exec ? `, ${JSON.stringify(text)}` : ` ${text}`);
}
