import type { ComposeFile, MappingNode, SequenceNode } from "../../../syntax/compose/tree.ts";
import { replace, type TextEdit } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";
import { columnOf, ownEntries } from "./layout.ts";

/**
 * Puts the entries of a mapping or the items of a list in another order, each with the comments directly above it and behind
 * it: `order` holds the places that they have now. Empty lines stay where they are. None where an entry shares a line with
 * another, an anchor would come behind its alias, a merge key decides what is there, or a comment belongs to neither.
 */
export function putInOrder(
  file: ComposeFile,
  list: MappingNode | SequenceNode,
  order: readonly number[],
): readonly TextEdit[] | undefined {
  if (list.viaAlias || (list.kind === "mapping" && list.merges.length > 0)) return undefined;
  const spans =
    list.kind === "mapping" ? ownEntries(list).map((it) => it.span) : list.items.map((it) => it.span);
  const first = spans[0];
  const last = spans.at(-1);
  if (!first || !last || spans.length !== order.length) return undefined;
  if (ANCHOR.test(file.text.slice(list.span.start, list.span.end))) return undefined;
  const pieces = list.flow ? inBrackets(file, list, spans) : inBlock(file, list, spans);
  return pieces && moved(file.text, pieces, order);
}

/** An anchor or alias, or what looks like one. */
const ANCHOR = /(?:^|[\s[{,:-])[&*][\w-]/;

function moved(text: string, pieces: readonly Span[], order: readonly number[]): readonly TextEdit[] {
  return pieces.flatMap((piece, at) => {
    const other = pieces[order[at] ?? at] ?? piece;
    return other === piece ? [] : [replace(piece, text.slice(other.start, other.end))];
  });
}

function inBrackets(
  { text }: ComposeFile,
  { span, kind }: MappingNode | SequenceNode,
  spans: readonly Span[],
): readonly Span[] | undefined {
  // A key without a value may have its colon outside of its span.
  if (/[#\n]/.test(text.slice(span.start, span.end)) || kind === "mapping") return undefined;
  return spans.map(({ start, end }) => ({ start, end: start + text.slice(start, end).trimEnd().length }));
}

/** Whole lines, without the last line break. */
function inBlock(
  file: ComposeFile,
  list: MappingNode | SequenceNode,
  spans: readonly Span[],
): readonly Span[] | undefined {
  const { text, lines } = file;
  const pieces: Span[] = [];
  let free = 0;
  for (const [at, span] of spans.entries()) {
    const written = list.kind === "sequence" ? dashBefore(text, span.start) : span.start;
    if (written === undefined) return undefined;
    const line = lines.lineAt(written);
    if (text.slice(lines.startOf(line), written).trim() !== "") return undefined;
    const column = columnOf(file, written);
    let top = line;
    const isOwnComment = (above: number) =>
      above >= free &&
      new RegExp(`^ {${column}}#`).test(text.slice(lines.startOf(above), lines.endOf(above)));
    // What stands above the first one may speak of all of them.
    while (at > 0 && isOwnComment(top - 1)) top--;
    // A comment that belongs to none would be left between others.
    if (at > 0 && text.slice(lines.startOf(free), lines.startOf(top)).trim() !== "") return undefined;
    const end = span.start + text.slice(span.start, span.end).trimEnd().length;
    const bottom = lines.lineAt(end);
    pieces.push({ start: lines.startOf(top), end: lines.endOf(bottom) });
    free = bottom + 1;
  }
  return pieces;
}

function dashBefore(text: string, start: number): number | undefined {
  const dash = /-[ \t]+$/.exec(text.slice(Math.max(0, start - 20), start));
  return dash ? start - dash[0].length : undefined;
}
