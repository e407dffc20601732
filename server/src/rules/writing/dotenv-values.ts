import type { DotenvEntry } from "../../syntax/dotenv/parse.ts";
import { replace, type TextEdit } from "../../text/edit.ts";

/** The value between single quotes, in which nothing is a variable or an escape; undefined where it cannot stand there. */
export function singleQuoted({ value, valueSpan, quote }: DotenvEntry): TextEdit | undefined {
  if (value === undefined || !valueSpan || quote === "single" || /['\\\r\n]/.test(value)) return undefined;
  return replace(valueSpan, `'${value}'`);
}

/** A value as it is written for Compose to read it as it stands; undefined where no way of writing is plain. */
export function writtenValue(value: string): string | undefined {
  if (value === "" || /^[^\s'"#$\\`][^\s#$]*$/.test(value)) return value;
  return /['\r\n\\]/.test(value) ? undefined : `'${value}'`;
}
