import type { Span } from "../../text/span.ts";
import { flagName } from "./flag-names.ts";
import type { FlagField } from "./tree.ts";

export interface ReadFields {
  readonly fields: readonly FlagField[];
  /** False when the quotes are not as comma-separated values want them. */
  readonly valid: boolean;
}

/**
 * Reads `type=cache,target=/x` as comma-separated values: a field that opens with `"` goes to the closing one, and
 * `""` inside stands for a quote. `spanOf` tells where a part of the value stands in the document.
 */
export function readFields(value: string, spanOf: (start: number, end: number) => Span): ReadFields {
  const fields: FlagField[] = [];
  let valid = true;
  let at = 0;
  while (at <= value.length) {
    const start = at;
    let text: string;
    if (value[at] === '"') {
      const quoted = readQuoted(value, at);
      text = quoted.text;
      at = quoted.end;
      valid &&= quoted.valid;
      if (at < value.length && value[at] !== ",") {
        valid = false;
        at = endOfField(value, at);
      }
      fields.push(field(text, spanOf(start, at), undefined));
    } else {
      at = endOfField(value, at);
      text = value.slice(start, at);
      valid &&= !text.includes('"');
      const equals = text.indexOf("=");
      fields.push(field(text, spanOf(start, at), equals < 0 ? undefined : spanOf(start + equals + 1, at)));
    }
    at++;
  }
  return { fields, valid };
}

function field(text: string, span: Span, valueSpan: Span | undefined): FlagField {
  const equals = text.indexOf("=");
  if (equals < 0) return { name: flagName(text.toLowerCase()), value: undefined, span, valueSpan: undefined };
  return {
    name: flagName(text.slice(0, equals).toLowerCase()),
    value: text.slice(equals + 1),
    span,
    valueSpan: valueSpan ?? span,
  };
}

function endOfField(value: string, start: number): number {
  const comma = value.indexOf(",", start);
  return comma < 0 ? value.length : comma;
}

function readQuoted(value: string, start: number): { text: string; end: number; valid: boolean } {
  let text = "";
  let at = start + 1;
  for (;;) {
    const quote = value.indexOf('"', at);
    if (quote < 0) return { text: text + value.slice(at), end: value.length, valid: false };
    text += value.slice(at, quote);
    if (value[quote + 1] !== '"') return { text, end: quote + 1, valid: true };
    text += '"';
    at = quote + 2;
  }
}
