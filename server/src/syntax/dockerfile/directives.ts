import { readJsonObject } from "../../text/json.ts";
import { span } from "../../text/span.ts";
import type { SyntaxProblem } from "../problem.ts";
import { skipSpace } from "./characters.ts";
import type { SourceLines } from "./source-lines.ts";
import type { Directive } from "./tree.ts";

const KNOWN = new Set(["syntax", "escape", "check"]);

export interface ReadDirectives {
  readonly directives: readonly Directive[];
  readonly escape: "\\" | "`";
  readonly problems: readonly SyntaxProblem[];
}

/**
 * Reads the parser directives: comments of the form `name=value` before anything else. The first line that is none,
 * be it empty, a comment or a directive that does not exist, ends them.
 */
export function readDirectives(lines: SourceLines): ReadDirectives {
  const directives: Directive[] = [];
  const problems: SyntaxProblem[] = [];
  let escapeCharacter: "\\" | "`" = "\\";
  for (let line = 0; line < lines.count; line++) {
    const directive = readDirective(lines, line, "#");
    if (!directive) break;
    if (directives.some((it) => it.name === directive.name)) {
      problems.push({
        code: "duplicate-directive",
        message: `Only one ${directive.name} directive can be used.`,
        span: directive.span,
        severity: "error",
      });
    } else if (directive.name === "escape") {
      if (directive.value === "\\" || directive.value === "`") escapeCharacter = directive.value;
      else {
        problems.push({
          code: "invalid-escape-directive",
          message: "The escape character can be ` or \\, nothing else.",
          span: directive.valueSpan,
          severity: "error",
        });
      }
    }
    directives.push(directive);
  }
  const syntax = directives.some((it) => it.name === "syntax") ? undefined : readForeignSyntax(lines);
  return { directives: syntax ? [...directives, syntax] : directives, escape: escapeCharacter, problems };
}

/**
 * The options in the value of a `check` directive or comment: they end at its first blank, so that a reason may follow
 * (directives.go, `ParseDirective`; tried with BuildKit 0.25, 2026-11).
 */
export function checkOptionsIn(value: string): string {
  const blank = value.indexOf(" ");
  return blank < 0 ? value : value.slice(0, blank);
}

/** One directive line; `marker` opens its comment. */
function readDirective(lines: SourceLines, line: number, marker: "#" | "//"): Directive | undefined {
  const { text } = lines;
  const end = lines.end(line);
  const start = skipSpace(text, lines.start(line), end);
  if (!text.startsWith(marker, start)) return undefined;
  const nameStart = skipSpace(text, start + marker.length, end);
  let nameEnd = nameStart;
  while (nameEnd < end && isNameCharacter(text.charCodeAt(nameEnd), nameEnd > nameStart)) nameEnd++;
  const equals = skipPatternSpace(text, nameEnd, end);
  if (nameEnd === nameStart || equals >= end || text[equals] !== "=") return undefined;
  const name = text.slice(nameStart, nameEnd).toLowerCase();
  if (!KNOWN.has(name) || equals + 1 === end) return undefined;
  let valueStart = skipPatternSpace(text, equals + 1, end);
  let valueEnd = end;
  // A value of nothing but blanks is its last blank.
  if (valueStart === end) valueStart = end - 1;
  else while (isPatternSpace(text.charCodeAt(valueEnd - 1))) valueEnd--;
  return {
    name,
    value: text.slice(valueStart, valueEnd),
    span: span(start, valueEnd),
    nameSpan: span(nameStart, nameEnd),
    valueSpan: span(valueStart, valueEnd),
  };
}

/**
 * The syntax directive in the forms that only choose the frontend: behind a `#!` line, in `//` comments, or as a
 * member of a JSON document. The Dockerfile frontend itself reads none of the latter two.
 */
function readForeignSyntax(lines: SourceLines): Directive | undefined {
  const { text } = lines;
  const first = text.startsWith("#!", lines.start(0)) ? 1 : 0;
  for (const marker of first > 0 ? (["#", "//"] as const) : (["//"] as const)) {
    const seen = new Set<string>();
    for (let line = first; line < lines.count; line++) {
      const directive = readDirective(lines, line, marker);
      if (!directive || seen.has(directive.name)) break;
      if (directive.name === "syntax") return directive;
      seen.add(directive.name);
    }
  }
  const start = lines.start(first);
  return text[skipSpace(text, start, text.length)] === "{" ? readJsonSyntax(text, start) : undefined;
}

function readJsonSyntax(text: string, start: number): Directive | undefined {
  const { syntax: value } = readJsonObject(text.slice(start)) ?? {};
  if (typeof value !== "string") return undefined;
  const key = text.indexOf('"syntax"', start);
  const valueStart = text.indexOf('"', text.indexOf(":", key));
  // Escapes in the key hide it from this search; then the brace stands for it.
  const found = key >= 0 && text.startsWith(JSON.stringify(value), valueStart);
  const at = skipSpace(text, start, text.length);
  const nameSpan = found ? span(key + 1, key + 7) : span(at, at + 1);
  const valueSpan = found ? span(valueStart + 1, valueStart + 1 + value.length) : nameSpan;
  return { name: "syntax", value, span: span(nameSpan.start, valueSpan.end), nameSpan, valueSpan };
}

function isNameCharacter(code: number, mayBeDigit: boolean): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (mayBeDigit && code >= 0x30 && code <= 0x39)
  );
}

/** `\s` of Go's regular expressions. */
function isPatternSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0c || code === 0x0d;
}

function skipPatternSpace(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isPatternSpace(text.charCodeAt(at))) at++;
  return at;
}
