import type { LineRole, YamlLayout } from "../../syntax/compose/layout.ts";
import { readLayout } from "../../syntax/compose/read-layout.ts";
import { isSameYaml } from "../../syntax/compose/same-yaml.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import { applyEdits, type TextEdit } from "../../text/edit.ts";
import type { LineIndex } from "../../text/line-index.ts";
import type { Span } from "../../text/span.ts";
import { blankLineEdits } from "./blank-lines.ts";
import { indentsOf } from "./indents.ts";

/** `auto`: as most in the file are. `indented`: a step further than their key. `flush`: below the first letter of the key. */
export type ListIndentation = "auto" | "indented" | "flush";

export interface ComposeFormat {
  /** By how many blanks a block is indented. */
  readonly step: number;
  /** `auto` when left out. */
  readonly lists?: ListIndentation;
  /** What is to be formatted; all of it when left out. What is indented with lines outside keeps its column. */
  readonly range?: Span;
}

/**
 * Edits, line by line, that give a Compose file one indentation, one blank behind colons and dashes, no blanks at the ends of
 * lines, at most one blank line in a row and a line break at the end. Lists are indented below their key as most in the file
 * are, or as `lists` says. Values, quotes, comments and anchors stay as they are. None for a file with errors, or with something that is too odd
 * to be sure of.
 */
export function formatCompose(
  file: ComposeFile,
  { step, range, lists = "auto" }: ComposeFormat,
): readonly TextEdit[] {
  const { text, lines } = file;
  if (file.problems.some((it) => it.severity === "error")) return [];
  const layout = readLayout(text);
  if (!layout) return [];
  const wanted = range && {
    first: lines.lineAt(range.start),
    // A selection that ends before the first character of a line does not mean it.
    last: lines.lineAt(
      Math.max(range.start, range.end > lines.startOf(lines.lineAt(range.end)) ? range.end : range.end - 1),
    ),
  };
  const indents = indentsOf(file, layout, { step, lists }, wanted);
  const all = [
    ...layout.lines.flatMap((role, line) => lineEdits(file, layout, role, line, indents[line])),
    ...layout.gaps.map(({ span, wanted: newText }) => ({ span, newText })),
    ...blankLineEdits(file, layout),
  ];
  const edits = wanted ? all.filter((it) => isWithin(it, wanted, lines)) : all;
  // What is wrong with the reading above must not cost a value.
  return edits.length > 0 && isSameYaml(text, applyEdits(text, edits)) ? edits : [];
}

function isWithin(
  { span }: TextEdit,
  { first, last }: { first: number; last: number },
  lines: LineIndex,
): boolean {
  return lines.startOf(first) <= span.start && span.end <= lines.startOf(last + 1);
}

/** Blanks at the start and at the end of one line. */
function lineEdits(
  { text, lines }: ComposeFile,
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
