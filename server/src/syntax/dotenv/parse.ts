import { LineIndex } from "../../text/line-index.ts";
import type { Span } from "../../text/span.ts";
import type { SyntaxProblem } from "../problem.ts";

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
  /** Quotes taken off, escapes of double quotes decoded, variables still in. Undefined for a name alone, which is taken from the shell. */
  readonly value: string | undefined;
  /** Quotes included; empty behind `NAME=`. */
  readonly valueSpan: Span | undefined;
  readonly quote: "single" | "double" | "none";
}

const NAME =
  /[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.\-[\]]*)[ \t]*(=|:(?=[ \t\r\n]|$)|(?=\r?\n|$|#))[ \t]*/dy;
const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
};

/**
 * Reads the file after compose-go (dotenv/parser.go, read 2026-11): `NAME=value`, `export` before it, `NAME: value`, `#`
 * comments, single quotes as they are, double quotes with escapes, both over several lines, plain values up to ` #`. Any
 * text gives entries and problems.
 */
export function parseDotenv(text: string): DotenvFile {
  const entries: DotenvEntry[] = [];
  const problems: SyntaxProblem[] = [];
  const lines = new LineIndex(text);
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const lineEnd = endOfLine(text, at);
    const line = text.slice(at, lineEnd);
    if (!line.trim() || line.trimStart().startsWith("#")) {
      at = lineEnd + 1;
      continue;
    }
    NAME.lastIndex = at;
    const match = NAME.exec(text);
    if (!match) {
      const start = at + line.length - line.trimStart().length;
      const message = "A line of this file is `NAME=value`, or a comment.";
      problems.push({
        code: "dotenv-name",
        message,
        span: { start, end: start + line.trim().length },
        severity: "error",
      });
      at = lineEnd + 1;
      continue;
    }
    const name = match[1] ?? "";
    const [start, end] = match.indices?.[1] ?? [at, at];
    const nameSpan = { start, end };
    const valueStart = NAME.lastIndex;
    if (!match[2]) {
      entries.push({ name, nameSpan, value: undefined, valueSpan: undefined, quote: "none" });
      at = lineEnd + 1;
      continue;
    }
    const value = valueAt(text, valueStart);
    if (value.unclosed) {
      const message = "The closing quote of this value is missing.";
      problems.push({
        code: "dotenv-quote",
        message,
        span: { start: valueStart, end: lineEnd },
        severity: "error",
      });
    }
    entries.push({
      name,
      nameSpan,
      value: value.value,
      valueSpan: { start: valueStart, end: value.end },
      quote: value.quote,
    });
    at = endOfLine(text, value.end) + 1;
  }
  return { text, lines, entries, problems };
}

interface ReadValue {
  readonly value: string;
  readonly end: number;
  readonly quote: DotenvEntry["quote"];
  readonly unclosed: boolean;
}

function valueAt(text: string, start: number): ReadValue {
  const quote = text[start];
  if (quote !== "'" && quote !== '"') return plainAt(text, start);
  let end = start + 1;
  while (end < text.length && text[end] !== quote) end += quote === '"' && text[end] === "\\" ? 2 : 1;
  const kind = quote === "'" ? "single" : "double";
  if (end >= text.length) return { ...plainAt(text, start), quote: kind, unclosed: true };
  const content = text.slice(start + 1, end);
  const value =
    kind === "single" ? content : content.replace(/\\([nrtabfv"\\])/g, (_, it: string) => ESCAPES[it] ?? it);
  return { value, end: end + 1, quote: kind, unclosed: false };
}

function plainAt(text: string, start: number): ReadValue {
  const line = text.slice(start, endOfLine(text, start));
  const comment = /(^|\s)#/.exec(line);
  const value = (comment ? line.slice(0, comment.index) : line).trimEnd();
  return { value, end: start + value.length, quote: "none", unclosed: false };
}

/** Offset of the line break, a CR before it left out of the line. */
function endOfLine(text: string, at: number): number {
  const lineBreak = text.indexOf("\n", at);
  return lineBreak < 0 ? text.length : lineBreak;
}
