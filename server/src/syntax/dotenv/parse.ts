import { LineIndex } from "../../text/line-index.ts";
import type { Span } from "../../text/span.ts";
import { parseTemplate } from "../compose/interpolate.ts";
import type { SyntaxProblem } from "../problem.ts";
import { quotedAt, withoutEscapes } from "./quoted.ts";

/** A `.env` or `env_file` as Compose reads it. */
export interface DotenvFile {
  readonly text: string;
  readonly lines: LineIndex;
  readonly entries: readonly DotenvEntry[];
  readonly problems: readonly SyntaxProblem[];
}

export interface DotenvEntry {
  readonly name: string;
  readonly nameSpan: Span;
  /**
   * Quotes taken off, escapes of double quotes decoded, variables still in: a template unless the quotes are single. Undefined
   * for a name alone, which is taken from the shell.
   */
  readonly value: string | undefined;
  /** Quotes included; empty behind `NAME=`. */
  readonly valueSpan: Span | undefined;
  /** Where `value` stands as it is; undefined where escapes were decoded, or there is no value. */
  readonly verbatimAt: number | undefined;
  readonly quote: "single" | "double" | "none";
  /** ` # …` behind a plain value, from the blank on. */
  readonly comment: Span | undefined;
}

/** Of Go's `unicode.IsSpace`; a byte order mark is none. */
const ANY_BLANK = "\\t-\\r \\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";
/** What Compose skips within a line. */
const BLANK = "[\\t\\v\\f\\r \\u0085\\u00A0]";
const SKIPPED = new RegExp(`(?:[${ANY_BLANK}]+|#[^\\n]*)*`, "y");
const BLANKS = new RegExp(`${BLANK}*`, "y");
const EXPORT = new RegExp(`export(?=[\\t\\n\\f\\r ])${BLANK}*`, "y");
const NAME_END = new RegExp(`(?:${BLANK}|[\\p{L}\\p{N}_.\\-[\\]])*`, "uy");
const ONE_BLANK = new RegExp(`[${ANY_BLANK}]`);

/**
 * Reads the file as Compose 2.40 does (compose-go, dotenv/parser.go, read 2026-11; `test/fixtures/dotenv` holds what it
 * answered): `NAME=value`, `NAME: value`, `export` before it, a name alone, `#` comments, single quotes as they are, double
 * quotes with escapes, both over several lines, plain values up to ` #`. What stands behind a closing quote is the next entry.
 * Compose stops at the first error; here the reading goes on in the next line. Any text gives entries and problems.
 */
export function parseDotenv(text: string): DotenvFile {
  const entries: DotenvEntry[] = [];
  const problems: SyntaxProblem[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  for (;;) {
    at = endOf(SKIPPED, text, at);
    if (at >= text.length) break;
    const read = entryAt(text, at);
    if (read.entry) entries.push(read.entry);
    problems.push(...read.problems);
    at = Math.max(read.end, at + 1);
  }
  return { text, lines: new LineIndex(text), entries, problems };
}

interface Read {
  readonly entry?: DotenvEntry;
  readonly problems: readonly SyntaxProblem[];
  readonly end: number;
}

function entryAt(text: string, first: number): Read {
  const start = endOf(EXPORT, text, first);
  const nameEnd = endOf(NAME_END, text, start);
  const nameSpan = { start, end: start + withoutTrailing(text.slice(start, nameEnd)).length };
  const name = text.slice(nameSpan.start, nameSpan.end);
  const lineEnd = endOfLine(text, start);
  const next = text[nameEnd];
  if (next !== undefined && !"=:\n".includes(next)) return refusedName(text, start, nameEnd, lineEnd);
  if (next !== undefined && name.includes(" ")) return nameWithBlank(text, nameSpan, next, lineEnd);
  if (next === undefined) return lastLine(name, nameSpan, text.length);
  if (next === "\n") {
    const alone = { name, nameSpan, value: undefined, valueSpan: undefined, verbatimAt: undefined };
    const entry: DotenvEntry = { ...alone, quote: "none", comment: undefined };
    return { ...(name !== "" && { entry }), problems: [], end: nameEnd };
  }
  const { problems, end, ...value } = valueAt(text, endOf(BLANKS, text, nameEnd + 1));
  if (name !== "") return { entry: { name, nameSpan, ...value }, problems, end };
  const span = { start: nameEnd, end: nameEnd + 1 };
  return { problems: [nameless(span), ...problems], end };
}

type Value = Pick<DotenvEntry, "value" | "valueSpan" | "verbatimAt" | "quote" | "comment"> & {
  readonly problems: readonly SyntaxProblem[];
  readonly end: number;
};

function valueAt(text: string, start: number): Value {
  const quote = text[start];
  if (quote !== "'" && quote !== '"') return plainAt(text, start);
  const quoted = quotedAt(text, start);
  if (!quoted) {
    const plain = plainAt(text, start);
    const message =
      "Compose refuses this file: the closing quote of this value is missing, here and in all that follows.";
    const span = plain.valueSpan ?? { start, end: start + 1 };
    const kind = quote === "'" ? "single" : "double";
    return { ...plain, quote: kind, problems: [{ code: "dotenv-quote", message, span, severity: "error" }] };
  }
  const { content, end } = quoted;
  const valueSpan = { start, end };
  const isVerbatim = !text.slice(start, end).includes("\\");
  const verbatimAt = isVerbatim ? start + 1 : undefined;
  const common = { valueSpan, verbatimAt, comment: undefined, end };
  if (quote === "'") return { ...common, value: content, quote: "single", problems: [] };
  const value = withoutEscapes(content);
  return { ...common, value, quote: "double", problems: refusedTemplates(value, valueSpan, verbatimAt) };
}

function plainAt(text: string, start: number): Value {
  const lineEnd = endOfLine(text, start);
  const line = text.slice(start, lineEnd);
  const hash = line.indexOf(" #");
  const value = withoutTrailing(hash < 0 ? line : line.slice(0, hash));
  const valueSpan = { start, end: start + value.length };
  const comment = hash < 0 ? undefined : { start: start + hash, end: start + withoutTrailing(line).length };
  const problems = refusedTemplates(value, valueSpan, start);
  return { value, valueSpan, verbatimAt: start, quote: "none", comment, problems, end: lineEnd };
}

function refusedTemplates(value: string, whole: Span, verbatimAt: number | undefined): SyntaxProblem[] {
  return parseTemplate(value).flatMap((part) => {
    if (part.kind !== "invalid") return [];
    const { start, end } = part.span;
    const span = verbatimAt === undefined ? whole : { start: verbatimAt + start, end: verbatimAt + end };
    const message =
      "Compose refuses this file: `${` begins a variable that it cannot read. Single quotes keep it as it is.";
    return [{ code: "dotenv-variable", message, span, severity: "error" }];
  });
}

function refusedName(text: string, start: number, at: number, lineEnd: number): Read {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const end = start + withoutTrailing(text.slice(start, lineEnd)).length;
  const isComment = /^(?:;|\/\/|--)/.test(text.slice(start, lineEnd));
  const why = isComment
    ? "a comment begins with `#`"
    : `\`${character}\` stands where a name is, and a name has letters, digits, \`_\`, \`.\` and \`-\``;
  const message = `Compose refuses this file: ${why}.`;
  return {
    problems: [{ code: "dotenv-name", message, span: { start, end }, severity: "error" }],
    end: lineEnd,
  };
}

function nameWithBlank(text: string, nameSpan: Span, next: string, lineEnd: number): Read {
  const written = text.slice(nameSpan.start, nameSpan.end);
  const message =
    next === "\n"
      ? "Compose refuses this file: a line is `NAME=value`, or a comment with `#`."
      : `Compose refuses this file: there is a blank in the name \`${written}\`.`;
  return {
    problems: [{ code: "dotenv-name", message, span: nameSpan, severity: "error" }],
    end:
      next === "\n" ? lineEnd : valueAt(text, endOf(BLANKS, text, text.indexOf(next, nameSpan.end) + 1)).end,
  };
}

/** Without a line break behind it Compose takes a name alone for a value. */
function lastLine(name: string, nameSpan: Span, end: number): Read {
  const message =
    "Compose takes this last line for the value of a variable without a name, as no line break follows.";
  const problem: SyntaxProblem = { code: "dotenv-nameless", message, span: nameSpan, severity: "warning" };
  return { problems: name === "" ? [] : [problem], end };
}

function nameless(span: Span): SyntaxProblem {
  const message = "This value has no name, and an engine starts no container with such a variable.";
  return { code: "dotenv-nameless", message, span, severity: "warning" };
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function withoutTrailing(text: string): string {
  let end = text.length;
  while (end > 0 && ONE_BLANK.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Offset of the line break, a CR before it left in the line. */
function endOfLine(text: string, at: number): number {
  const lineBreak = text.indexOf("\n", at);
  return lineBreak < 0 ? text.length : lineBreak;
}
