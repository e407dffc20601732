import type { MappedText } from "../../text/mapped-text.ts";
import { isSeparator } from "./characters.ts";
import type { Pair, Word } from "./tree.ts";
import { splitQuotedWords, wordOf } from "./words.ts";

/**
 * Reads what follows ENV or LABEL. The first word decides: with `=` in it all words are `name=value`, without it
 * everything behind the name is one value. A later word without `=` is refused; it is given as a name without value.
 */
export function readAssignments(rest: MappedText, escapeCode: number): readonly Pair[] {
  const words = splitQuotedWords(rest, escapeCode);
  if (words[0] && !words[0].raw.includes("=")) return [readLegacyPair(rest)];
  return pairsOf(rest, words);
}

/** Reads what follows ARG: `name` and `name=value`, several of them. */
export function readDeclarations(rest: MappedText, escapeCode: number): readonly Pair[] {
  return pairsOf(rest, splitQuotedWords(rest, escapeCode));
}

function readLegacyPair(rest: MappedText): Pair {
  const { text } = rest;
  let nameEnd = 0;
  while (nameEnd < text.length && !isSeparator(text.charCodeAt(nameEnd))) nameEnd++;
  let valueStart = nameEnd;
  while (valueStart < text.length && isSeparator(text.charCodeAt(valueStart))) valueStart++;
  return {
    name: wordOf(rest, 0, nameEnd),
    value: valueStart > nameEnd ? wordOf(rest, valueStart, text.length) : undefined,
    span: rest.spanOf(0, text.length),
    legacy: true,
  };
}

function pairsOf(rest: MappedText, words: readonly Word[]): Pair[] {
  let from = 0;
  return words.map((word) => {
    // The words follow each other, so each is found behind the one before.
    const start = rest.text.indexOf(word.raw, from);
    const end = start + word.raw.length;
    from = end;
    const equals = word.raw.indexOf("=");
    if (equals < 0) return { name: word, value: undefined, span: word.span, legacy: false };
    return {
      name: wordOf(rest, start, start + equals),
      value: wordOf(rest, start + equals + 1, end),
      span: word.span,
      legacy: false,
    };
  });
}
