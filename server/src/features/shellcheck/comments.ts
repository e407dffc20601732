import type { Fix, Problem, Severity } from "../../rules/rule.ts";
import { overlap, type TextEdit } from "../../text/edit.ts";
import { LineIndex } from "../../text/line-index.ts";
import type { MappedText } from "../../text/mapped-text.ts";
import type { ShellcheckScript } from "./scripts.ts";

/** One comment of ShellCheck's `--format=json1`: lines and columns count from 1, columns in characters. */
export interface ShellcheckComment extends Place {
  readonly level: "error" | "warning" | "info" | "style";
  readonly code: number;
  readonly message: string;
  readonly fix: { readonly replacements: readonly Replacement[] } | null;
}

interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Replacement extends Place {
  readonly insertionPoint: "beforeStart" | "afterEnd";
  readonly replacement: string;
}

/** What ShellCheck is given: the variables that are set, in one line, and the script below it. */
export function shellcheckInput({ script, variables }: ShellcheckScript): string {
  const set = variables.map((it) => `${it}=1`).join(" ");
  return `${set === "" ? ":" : `export ${set}`}\n${script.text}\n`;
}

const LINES_ABOVE = 1;

/**
 * Comments as problems in the Dockerfile, each with ShellCheck's own fix where it lies on written text. An error of
 * ShellCheck is a warning here: that it cannot read a script does not prove that the shell cannot.
 */
export function shellcheckProblems(
  { script }: ShellcheckScript,
  comments: readonly ShellcheckComment[],
): Problem[] {
  const lines = new LineIndex(script.text);
  return comments.flatMap((comment) => {
    const start = offsetOf(comment.line, comment.column, lines);
    const end = offsetOf(comment.endLine, comment.endColumn, lines);
    if (start === undefined || end === undefined) return [];
    const isBehind = start > 0 && start === end && POINTS_BEHIND.has(comment.code);
    const rule = `SC${comment.code}`;
    return [
      {
        rule,
        aliases: [],
        severity: severities[comment.level],
        tags: ["clarity"],
        span: isBehind
          ? script.spanOf(start - 1, end)
          : script.spanOf(start, Math.max(end, Math.min(start + 1, script.text.length))),
        message: comment.message,
        related: [],
        fixes: fixesOf(rule, comment, script, lines),
      },
    ];
  });
}

/** "You need a space before the ]": its place is that behind the bracket. */
const POINTS_BEHIND: ReadonlySet<number> = new Set([1020, 1072]);

const severities: Readonly<Record<ShellcheckComment["level"], Severity>> = {
  error: "warning",
  warning: "warning",
  info: "info",
  style: "hint",
};

function fixesOf(rule: string, { fix }: ShellcheckComment, script: MappedText, lines: LineIndex): Fix[] {
  const edits = fix?.replacements.map((it) => editOf(it, script, lines));
  if (!edits || edits.length === 0 || !edits.every((it) => it !== undefined)) return [];
  if (edits.some((it, index) => edits.slice(0, index).some((other) => overlap(it, other)))) return [];
  return [{ kind: "unsafe", title: `Fix ${rule} as ShellCheck proposes`, edits }];
}

/** Undefined where a continuation or a comment lies inside what is replaced: it would be lost. */
function editOf(replacement: Replacement, script: MappedText, lines: LineIndex): TextEdit | undefined {
  const start = offsetOf(replacement.line, replacement.column, lines);
  const end = offsetOf(replacement.endLine, replacement.endColumn, lines);
  if (start === undefined || end === undefined) return undefined;
  const { replacement: newText } = replacement;
  if (start === end) {
    // What ends a word belongs to the line on which the word ends.
    const behind = replacement.insertionPoint === "beforeStart" && start > 0;
    const at = behind ? script.toSource(start - 1) + 1 : script.toSource(start);
    return { span: { start: at, end: at }, newText };
  }
  const span = script.spanOf(start, end);
  return span.end - span.start === end - start ? { span, newText } : undefined;
}

/** The offset in the script; undefined for a place above it. */
function offsetOf(line: number, column: number, lines: LineIndex): number | undefined {
  const at = line - 1 - LINES_ABOVE;
  if (at < 0 || at >= lines.starts.length) return at < 0 ? undefined : lines.text.length;
  const start = lines.startOf(at);
  const text = lines.text.slice(start, lines.endOf(at));
  return (
    start +
    Array.from(text)
      .slice(0, column - 1)
      .join("").length
  );
}
