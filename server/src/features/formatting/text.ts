import type { LineRole, YamlLayout } from "../../syntax/compose/layout.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { LineIndex } from "../../text/line-index.ts";
import { blankLineEdits } from "./blank-lines.ts";
import { indentsOf, type LineRange } from "./indents.ts";

/** A text of YAML with its lines. */
export type Written = Pick<ComposeFile, "text" | "lines">;

export interface TextFormat {
  readonly step: number;
  readonly indentsLists: boolean;
}

/** The edits of `formatCompose` for a text of which it is known how it stands on its lines; whether it stays the same YAML is not looked at. */
export function formatText(
  written: Written,
  layout: YamlLayout,
  format: TextFormat,
  wanted?: LineRange,
): readonly TextEdit[] {
  const indents = indentsOf(written, layout, format, wanted);
  const all = [
    ...layout.lines.flatMap((role, line) => lineEdits(written, layout, role, line, indents[line])),
    ...layout.gaps.map(({ span, wanted: newText }) => ({ span, newText })),
    ...blankLineEdits(written, layout),
  ];
  return wanted ? all.filter((it) => isWithin(it, wanted, written.lines)) : all;
}

function isWithin({ span }: TextEdit, { first, last }: LineRange, lines: LineIndex): boolean {
  return lines.startOf(first) <= span.start && span.end <= lines.startOf(last + 1);
}

/** Blanks at the start and at the end of one line. */
function lineEdits(
  { text, lines }: Written,
  { quoted }: YamlLayout,
  role: LineRole,
  line: number,
  indent: number | undefined,
): TextEdit[] {
  const start = lines.startOf(line);
  const end = lines.endOf(line);
  const content = text.slice(start, end);
  if (role.kind === "blank") return [];
  const edits: TextEdit[] = [];
  const before = role.kind === "text" ? Math.min(role.text.column, leadingBlanks(content)) : leading(content);
  const isEmpty = content.trim() === "";
  if (role.kind === "text" && isEmpty && content.length <= role.text.column)
    return content === "" ? [] : [{ span: { start, end }, newText: "" }];
  if (isEmpty && role.kind !== "text") return [];
  const wanted = " ".repeat(indent ?? before);
  if (content.slice(0, before) !== wanted)
    edits.push({ span: { start, end: start + before }, newText: wanted });
  const trimmed = content.trimEnd().length;
  const keeps = role.kind === "text" || quoted.has(line);
  if (!keeps && trimmed < content.length) edits.push({ span: { start: start + trimmed, end }, newText: "" });
  return edits;
}

function leading(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0;
}

function leadingBlanks(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}
