import type { ComposeFile, MappingEntry, MappingNode } from "../../../syntax/compose/tree.ts";
import { lineBreakIn } from "../../../text/line-breaks.ts";

/** Asked for each fix, and found by a look at the whole file. */
interface Layout {
  readonly lineBreak: string;
  readonly step: number;
}

const layouts = new WeakMap<ComposeFile, Layout>();

function layoutOf(file: ComposeFile): Layout {
  const known = layouts.get(file);
  if (known) return known;
  const layout = { lineBreak: lineBreakIn(file.text), step: firstStep(file) };
  layouts.set(file, layout);
  return layout;
}

/** How the file ends its lines. */
export function lineBreakOf(file: ComposeFile): string {
  return layoutOf(file).lineBreak;
}

/** Column of an offset in its line. */
export function columnOf({ lines }: ComposeFile, offset: number): number {
  return lines.positionAt(offset).column;
}

/** Column in which an entry of a block begins: that of its key, or of the question mark in front of it. */
export function columnOfEntry({ text, lines }: ComposeFile, { key }: MappingEntry): number {
  const { column } = lines.positionAt(key.span.start);
  const before = text.slice(key.span.start - column, key.span.start);
  return /\?\s+$/.test(before) ? before.lastIndexOf("?") : column;
}

/** Offset behind the last character of the line that holds `offset`: behind its comment, before its line break. */
export function endOfLine({ lines }: ComposeFile, offset: number): number {
  return lines.endOf(lines.lineAt(offset));
}

/** By how many blanks the file indents a block, told from its first one; two where it has none. */
export function indentStep(file: ComposeFile): number {
  return layoutOf(file).step;
}

function firstStep(file: ComposeFile): number {
  for (const entry of file.root?.entries ?? []) {
    const block = entry.value;
    const first =
      block?.kind === "mapping" && !block.flow && !block.viaAlias ? ownEntries(block)[0] : undefined;
    if (first)
      return Math.max(1, columnOf(file, first.key.span.start) - columnOf(file, entry.key.span.start));
  }
  return 2;
}

/** What is written in the mapping itself: its `<<` entries, and not what they bring. */
export function ownEntries(mapping: MappingNode): readonly MappingEntry[] {
  if (mapping.entries.length < MANY_ENTRIES) return findOwnEntries(mapping);
  const known = entriesOfLarge.get(mapping) ?? findOwnEntries(mapping);
  entriesOfLarge.set(mapping, known);
  return known;
}

/** Of a small mapping they are found sooner than kept. */
const MANY_ENTRIES = 50;

/** Asked for each fix about an entry of the mapping. */
const entriesOfLarge = new WeakMap<MappingNode, readonly MappingEntry[]>();

function findOwnEntries(mapping: MappingNode): readonly MappingEntry[] {
  const own = mapping.entries.filter((it) => it.key.viaAlias === mapping.viaAlias && isInside(it, mapping));
  return [...own, ...mapping.merges].sort((a, b) => a.span.start - b.span.start);
}

function isInside(entry: MappingEntry, mapping: MappingNode): boolean {
  return mapping.span.start <= entry.span.start && entry.span.end <= mapping.span.end;
}
