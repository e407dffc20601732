import type { Span } from "../../text/span.ts";

/**
 * Compose's interpolation. The grammar is that of compose-go (template/template.go, read 2026-11): `$$` is one dollar,
 * `$NAME`, `${NAME}`, and `${NAME<op>argument}` with `:-` `-` (default), `:?` `?` (required), `:+` `+` (alternative). The
 * argument is a template of its own. Any other `$` stays as it is, and `${` that opens nothing valid is an error.
 */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string; readonly span: Span }
  | {
      readonly kind: "variable";
      readonly name: string;
      readonly nameSpan: Span;
      readonly operator: Operator | undefined;
      readonly argument: readonly TemplatePart[];
      readonly span: Span;
    }
  | { readonly kind: "invalid"; readonly span: Span };

export type Operator = ":-" | "-" | ":?" | "?" | ":+" | "+";

/** Value of a variable from `.env` or the settings; undefined when it is not known to be set. */
export interface VariableLookup {
  (name: string): string | undefined;
  /** Other variables that the value was made of, theirs included, where that is known. */
  readonly madeOf?: (name: string) => readonly string[];
}

/**
 * What a default is good for when its variable is not known to be set: `taken` as Compose does when the shell sets nothing
 * either, or `open`, since the shell may. The former is what to show and to build, the latter what to judge by.
 */
export type Defaults = "taken" | "open";

/**
 * What is done about a variable that the lookup does not know: as for its default, or, where the lookup is `complete` and knows the shell
 * too, what Compose does. It is not set then, and empty where it has no default.
 */
export type Unset = Defaults | "complete";

/** What is left of a value after interpolation. */
export interface Interpolated {
  /** Holds `HOLE` in place of each part that cannot be known. */
  readonly text: string;
  readonly known: boolean;
  /** Pieces of `text` in order with the part of the template that each came from. */
  readonly pieces: readonly Piece[];
}

export interface Piece {
  /** Offset in `text`. */
  readonly start: number;
  readonly length: number;
  /** Offsets in the template. */
  readonly source: Span;
  /** The piece stands in the template as it is, so that offsets inside it can be carried over. */
  readonly verbatim: boolean;
}

/** Stands for a part of a value that cannot be known. A character that no Compose file has a use for. */
export const HOLE = "\uFFFC";

const NAME = /[_a-zA-Z][_a-zA-Z0-9]*/y;
const OPERATOR = /:?[-?+]/y;
const MOST_NESTED_ARGUMENTS = 32;

/** Takes a value apart. Spans are offsets into `template`; joined they give it back. Never fails. */
export function parseTemplate(template: string): readonly TemplatePart[] {
  if (!template.includes("$")) return textPart(template, 0, template.length);
  return partsOf({ text: template, closings: closingBraces(template) }, 0, template.length, 0);
}

/** Does Compose put a variable in? `$$` is none. */
export function hasVariables(template: string): boolean {
  return parseTemplate(template).some((it) => it.kind === "variable");
}

/**
 * The value with its variables replaced. A variable that `lookup` does not know takes its default when it has one and
 * defaults are not open; else it is a hole, or empty where the lookup is complete.
 */
export function interpolate(template: string, lookup: VariableLookup, unset: Unset = "taken"): Interpolated {
  const pieces: Piece[] = [];
  let text = "";
  let known = true;
  for (const part of parseTemplate(template)) {
    const value = valueOfPart(part, lookup, unset);
    if (value === undefined) known = false;
    const written = value ?? HOLE;
    const verbatim = part.kind === "text" && written.length === part.span.end - part.span.start;
    if (written) pieces.push({ start: text.length, length: written.length, source: part.span, verbatim });
    text += written;
  }
  return { text, known, pieces };
}

function valueOfPart(part: TemplatePart, lookup: VariableLookup, unset: Unset): string | undefined {
  if (part.kind === "text") return part.text;
  if (part.kind === "invalid") return undefined;
  const value = lookup(part.name);
  if (value === undefined && unset === "open") return undefined;
  const missing = unset === "complete" ? "" : undefined;
  switch (part.operator) {
    case undefined:
    case "?":
      return value ?? missing;
    case ":?":
      return value || missing;
    case "-":
      return value ?? joined(part.argument, lookup, unset);
    case ":-":
      return value || joined(part.argument, lookup, unset);
    // Whether an unset variable stays unset depends on the shell that runs Compose.
    case "+":
      return value === undefined ? missing : joined(part.argument, lookup, unset);
    case ":+":
      return value ? joined(part.argument, lookup, unset) : (value ?? missing);
  }
}

function joined(parts: readonly TemplatePart[], lookup: VariableLookup, unset: Unset): string | undefined {
  let text = "";
  for (const part of parts) {
    const value = valueOfPart(part, lookup, unset);
    if (value === undefined) return undefined;
    text += value;
  }
  return text;
}

/** A template with the place of the brace that closes each of its `${`; unclosed ones are missing. */
interface Template {
  readonly text: string;
  readonly closings: ReadonlyMap<number, number>;
}

function closingBraces(template: string): ReadonlyMap<number, number> {
  const closings = new Map<number, number>();
  const open: number[] = [];
  for (let at = template.indexOf("$"); at < template.length; at++) {
    if (template[at] === "$" && template[at + 1] === "{") open.push(at++);
    else if (template[at] === "}") {
      const opening = open.pop();
      if (opening !== undefined) closings.set(opening, at);
    }
  }
  return closings;
}

function partsOf(template: Template, from: number, to: number, depth: number): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let textStart = from;
  let at = from;
  while (at < to) {
    const dollar = template.text.indexOf("$", at);
    if (dollar < 0 || dollar + 1 >= to) break;
    const part = partAt(template, dollar, depth);
    if (part) {
      parts.push(...textPart(template.text, textStart, dollar), part);
      at = textStart = part.span.end;
    } else at = dollar + 1;
  }
  parts.push(...textPart(template.text, textStart, to));
  return parts;
}

function partAt(template: Template, dollar: number, depth: number): TemplatePart | undefined {
  const next = template.text[dollar + 1];
  if (next === "$") return { kind: "text", text: "$", span: { start: dollar, end: dollar + 2 } };
  if (next === "{") return bracedAt(template, dollar, depth);
  const end = endOf(NAME, template.text, dollar + 1);
  return end === undefined
    ? undefined
    : variable(template, { start: dollar + 1, end }, undefined, [], { start: dollar, end });
}

function bracedAt(template: Template, dollar: number, depth: number): TemplatePart {
  const close = template.closings.get(dollar);
  // Only the opening is at fault when nothing closes it: the rest is text to go on with.
  if (close === undefined) return { kind: "invalid", span: { start: dollar, end: dollar + 2 } };
  const span = { start: dollar, end: close + 1 };
  const nameEnd = endOf(NAME, template.text, dollar + 2);
  if (nameEnd === undefined || depth >= MOST_NESTED_ARGUMENTS) return { kind: "invalid", span };
  const nameSpan = { start: dollar + 2, end: nameEnd };
  if (nameEnd === close) return variable(template, nameSpan, undefined, [], span);
  const operatorEnd = endOf(OPERATOR, template.text, nameEnd);
  if (operatorEnd === undefined) return { kind: "invalid", span };
  const operator = template.text.slice(nameEnd, operatorEnd) as Operator;
  return variable(template, nameSpan, operator, partsOf(template, operatorEnd, close, depth + 1), span);
}

function variable(
  template: Template,
  nameSpan: Span,
  operator: Operator | undefined,
  argument: readonly TemplatePart[],
  span: Span,
): TemplatePart {
  const name = template.text.slice(nameSpan.start, nameSpan.end);
  return { kind: "variable", name, nameSpan, operator, argument, span };
}

function endOf(pattern: RegExp, template: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(template) ? pattern.lastIndex : undefined;
}

function textPart(template: string, start: number, end: number): TemplatePart[] {
  return start < end ? [{ kind: "text", text: template.slice(start, end), span: { start, end } }] : [];
}
