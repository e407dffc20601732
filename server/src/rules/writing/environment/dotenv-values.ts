import type { DotenvEntry } from "../../../syntax/dotenv/parse.ts";
import { insert, replace, type TextEdit } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";

/**
 * Puts the value between single quotes, in which nothing is a variable or an escape; undefined where it cannot stand there. The edits
 * hold the quotes alone: what is reported of a file goes into logs, and the value may be a secret.
 */
export function singleQuoted(entry: DotenvEntry): readonly TextEdit[] | undefined {
  const { value, valueSpan, quote, verbatimAt } = entry;
  if (value === undefined || !valueSpan || verbatimAt === undefined) return undefined;
  if (quote === "single" || /['\\\r\n]/.test(value)) return undefined;
  if (quote === "none") return betweenQuotes(valueSpan);
  return quotesOf(valueSpan).map((it) => replace(it, "'"));
}

/** Single quotes around a place. */
export function betweenQuotes({ start, end }: Span): readonly TextEdit[] {
  return [insert(start, "'"), insert(end, "'")];
}

/** The first and the last character of a quoted value. */
export function quotesOf({ start, end }: Span): readonly Span[] {
  return [
    { start, end: start + 1 },
    { start: end - 1, end },
  ];
}

/** A value as it is written for Compose to read it as it stands; undefined where no way of writing is plain. */
export function writtenValue(value: string): string | undefined {
  if (value === "" || /^[^\s'"#$\\`][^\s#$]*$/.test(value)) return value;
  return /['\r\n\\]/.test(value) ? undefined : `'${value}'`;
}
