import type { ComposeProject } from "../../model/compose/project.ts";
import { readLayout } from "../../syntax/compose/read-layout.ts";
import { isSameYaml } from "../../syntax/compose/same-yaml.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import { applyEdits, type TextEdit } from "../../text/edit.ts";
import type { LineIndex } from "../../text/line-index.ts";
import type { Span } from "../../text/span.ts";
import { type LineRange, listsAreIndented } from "./indents.ts";
import { formatPieces } from "./pieces.ts";
import { formatText } from "./text.ts";

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
 * to be sure of. Where there are many services, what is known of those in `services` is kept with them.
 */
export function formatCompose(
  { file, services }: { readonly file: ComposeFile } & Partial<Pick<ComposeProject, "services">>,
  { step, range, lists = "auto" }: ComposeFormat,
): readonly TextEdit[] {
  const { text, lines } = file;
  if (file.problems.some((it) => it.severity === "error")) return [];
  if (!range && services && (file.parts?.services?.length ?? 0) >= MANY)
    return formatPieces(file, services, step, lists);
  const layout = readLayout(text);
  if (!layout) return [];
  const indentsLists = lists === "auto" ? listsAreIndented(layout) : lists === "indented";
  const edits = formatText(file, layout, { step, indentsLists }, range && linesOf(range, lines));
  // What is wrong with the reading above must not cost a value.
  return edits.length > 0 && isSameYaml(text, applyEdits(text, edits)) ? edits : [];
}

/** Nobody feels how long fewer take. */
const MANY = 100;

function linesOf({ start, end }: Span, lines: LineIndex): LineRange {
  return {
    first: lines.lineAt(start),
    // A selection that ends before the first character of a line does not mean it.
    last: lines.lineAt(Math.max(start, end > lines.startOf(lines.lineAt(end)) ? end : end - 1)),
  };
}
