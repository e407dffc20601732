import type { Problem, Severity } from "../../rules/rule.ts";
import { SEVERITIES } from "../../rules/rule.ts";
import type { TextEdit } from "../../text/edit.ts";
import { LineIndex } from "../../text/line-index.ts";
import type { Span } from "../../text/span.ts";
import type { Input } from "./inputs.ts";

/** A problem in a file, as the JSON of `plimsoll check` has it. Lines and columns from 1, columns in UTF-16 units. */
export interface Finding extends Place {
  readonly rule: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly RelatedFinding[];
  readonly fixes: readonly FindingFix[];
}

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A reason; without a place when it is a fact from outside of the files. */
export type RelatedFinding = { readonly message: string } & (Place | { readonly file?: never });

export interface FindingFix {
  readonly title: string;
  readonly kind: "safe" | "unsafe";
  readonly edits: readonly FindingEdit[];
  /** What it does to other files, absolute paths: `create` is the text of a new one. Missing where it does nothing to any. */
  readonly others?: readonly (
    | { readonly file: string; readonly create: string }
    | { readonly file: string; readonly edits: readonly FindingEdit[] }
  )[];
}

/** Offsets in UTF-16 units from the start of the file's text, a byte order mark included. */
export interface FindingEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** `textAt` gives the text of another file that a reason points into. */
export function findingsOf(
  input: Pick<Input, "name" | "text">,
  problems: readonly Problem[],
  textAt: (path: string) => string | undefined,
): Finding[] {
  const lines = new LineIndex(input.text);
  return problems.map(({ rule, aliases, severity, message, span, related, fixes }) => ({
    ...placeOf(input.name, span, lines),
    rule,
    aliases,
    severity,
    message,
    related: related.map((it) => {
      const text = it.file === undefined ? input.text : textAt(it.file);
      if (!it.span || text === undefined) return { message: it.message };
      const itsLines = it.file === undefined ? lines : new LineIndex(text);
      return { message: it.message, ...placeOf(it.file ?? input.name, it.span, itsLines) };
    }),
    fixes: fixes.map(({ title, kind, edits, others }) => ({
      title,
      kind,
      edits: editsOf(edits),
      ...(others && {
        others: others.map((it) =>
          it.kind === "create"
            ? { file: it.file, create: it.text }
            : { file: it.file, edits: editsOf(it.edits) },
        ),
      }),
    })),
  }));
}

function editsOf(edits: readonly TextEdit[]): readonly FindingEdit[] {
  return edits.map(({ span, newText }) => ({
    offset: span.start,
    length: span.end - span.start,
    text: newText,
  }));
}

function placeOf(file: string, { start, end }: Span, lines: LineIndex): Place {
  const from = lines.positionAt(start);
  const to = lines.positionAt(end);
  return {
    file,
    line: from.line + 1,
    column: from.column + 1 - markBefore(lines, from.line),
    endLine: to.line + 1,
    endColumn: to.column + 1 - markBefore(lines, to.line),
  };
}

/** No editor counts a byte order mark as a column. */
function markBefore({ text }: LineIndex, line: number): number {
  return line === 0 && text.startsWith("\uFEFF") ? 1 : 0;
}

/** Is a finding as severe as `limit`, or more? */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(limit);
}
