import type { StartedWord } from "../../../model/stage/started/started-word.ts";
import type { Dockerfile } from "../../../syntax/dockerfile/tree.ts";
import { insert, replace, type TextEdit } from "../../../text/edit.ts";
import { shellLine } from "./shell-line.ts";

/** Puts words behind a word of a command, in the way it is written; undefined where it is written elsewhere. */
export function wordsBehind({ span, written }: StartedWord, words: readonly string[]): TextEdit | undefined {
  if (written === "elsewhere") return undefined;
  if (written === "shell") return insert(span.end, ` ${shellLine(words)}`);
  return insert(span.end, words.map((it) => `, ${JSON.stringify(it)}`).join(""));
}

/** Puts another text in the place of one that stands once in a word. */
export function textInWord(
  file: Dockerfile,
  { span, written }: StartedWord,
  old: string,
  text: string,
): TextEdit | undefined {
  const source = file.text.slice(span.start, span.end);
  const at = source.lastIndexOf(old);
  if (written === "elsewhere" || at < 0 || old === "") return undefined;
  return replace({ start: span.start + at, end: span.start + at + old.length }, text);
}
