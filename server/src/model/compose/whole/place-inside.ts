import type { Span } from "../../../text/span.ts";
import type { Origin } from "../effective/tree.ts";
import type { WholeLine } from "./whole-text.ts";

/**
 * Where the words of a range that begins on a line of `text` are written; `next` is where the line behind begins. A value with variables
 * is not written as it reads: then it is all that stands behind the key.
 */
export function placeInside(line: WholeLine, span: Span, text: string, next = text.length): Origin {
  const { start, keyEnd, key, origin, item } = line;
  const keyStart = start + (/^[ -]*/.exec(text.slice(start, keyEnd))?.[0].length ?? 0);
  const isMore = span.end >= next || (span.start <= keyStart && span.end > keyEnd);
  if (isMore && key !== undefined) return item ?? origin;
  const { source } = origin;
  const written = source.file.text;
  const isKey = key !== undefined && span.end <= keyEnd;
  const behindKey = key === undefined ? origin.span.start : endOfKey(written, origin.span, key);
  const words = text.slice(span.start, span.end).replace(/^"|"$/g, "");
  const count = text.slice(isKey ? start : keyEnd, span.start).split(words).length;
  const from = isKey ? origin.span.start : behindKey;
  const found = words === "" ? undefined : occurrence(written, words, from, count);
  if (found !== undefined && found + words.length <= origin.span.end)
    return { source, span: { start: found, end: found + words.length } };
  if (isKey) return { source, span: { start: origin.span.start, end: behindKey } };
  return { source, span: valueBehind(written, behindKey, origin.span) };
}

/** Of a key as it is written, with its quotes; also of the `NAME` of `NAME=value`. */
function endOfKey(text: string, { start, end }: Span, key: string): number {
  const quotes = /["']/.test(text[start] ?? "") ? 1 : 0;
  const isQuotedKey = quotes === 1 && text[start + key.length + 1] === text[start];
  return Math.min(start + key.length + (isQuotedKey ? 2 : quotes), end);
}

/** The place at which `words` stand for the `count`th time; the last time where it is not that often. */
function occurrence(text: string, words: string, from: number, count: number): number | undefined {
  let last: number | undefined;
  for (let at = text.indexOf(words, from), n = 0; at >= 0 && n < count; n++) {
    last = at;
    at = text.indexOf(words, at + 1);
  }
  return last;
}

/** The first line of what stands behind a key; the whole entry where nothing does. */
function valueBehind(text: string, from: number, whole: Span): Span {
  const start = from + (/^\s*[:=]?[ \t]*/.exec(text.slice(from, whole.end))?.[0].length ?? 0);
  const end = start + (/^[^\n]*/.exec(text.slice(start, whole.end))?.[0].trimEnd().length ?? 0);
  return start < end ? { start, end } : whole;
}
