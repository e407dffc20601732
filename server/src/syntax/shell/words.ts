import type { Span } from "../../text/span.ts";
import type { ShellWord } from "./script.ts";
import { shellWord } from "./word.ts";

const WORD = /(?:\\[^\n]|'[^']*'|"(?:\\.|[^"\\])*"|[^\s\\'"]|\\$|['"])+/gs;

/** The blank-separated words of a part of a script that holds no operators, such as `[ … ]`. */
export function splitWords(text: string, { start, end }: Span): ShellWord[] {
  const words: ShellWord[] = [];
  for (const match of text.slice(start, end).matchAll(WORD)) {
    const from = start + match.index;
    words.push(shellWord(match[0], { start: from, end: from + match[0].length }));
  }
  return words;
}
