import type { MappedText } from "../../text/mapped-text.ts";
import { DOUBLE_QUOTE, isSeparator, isSpace, SINGLE_QUOTE } from "./characters.ts";
import type { Word } from "./tree.ts";

/** `text.slice(start, end)` as a word. */
export function wordOf(text: MappedText, start: number, end: number): Word {
  const mapped = text.slice(start, end);
  return { raw: mapped.text, span: text.spanOf(start, end), mapped };
}

/** Words between separators; quotes mean nothing, as in COPY, EXPOSE, FROM and VOLUME. */
export function splitAtSeparators(rest: MappedText): Word[] {
  const { text } = rest;
  const words: Word[] = [];
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    if (!isSeparator(text.charCodeAt(at))) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      words.push(wordOf(rest, start, at));
      start = -1;
    }
  }
  if (start >= 0) words.push(wordOf(rest, start, text.length));
  return words;
}

/** Words in which quotes and escapes protect blanks, as in ENV, LABEL and ARG; both stay in the words. */
export function splitQuotedWords(rest: MappedText, escapeCode: number): Word[] {
  const { text } = rest;
  const words: Word[] = [];
  let start = -1;
  let end = -1;
  let quote = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (start < 0) {
      if (isSpace(code)) continue;
      start = at;
    } else if (quote === 0 && isSpace(code)) {
      if (end > start) words.push(wordOf(rest, start, end));
      start = -1;
      continue;
    }
    if (code === escapeCode && quote !== SINGLE_QUOTE) {
      // An escape that ends the instruction is dropped.
      if (at + 1 === text.length) break;
      at++;
    } else if (quote === 0) {
      if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) quote = code;
    } else if (code === quote) {
      quote = 0;
    }
    end = at + 1;
  }
  if (start >= 0 && end > start) words.push(wordOf(rest, start, end));
  return words;
}
