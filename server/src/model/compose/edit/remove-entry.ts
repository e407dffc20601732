import type { ComposeFile, MappingEntry, MappingNode } from "../../../syntax/compose/tree.ts";
import { remove, type TextEdit } from "../../../text/edit.ts";
import { endOfLine, lineBreakOf, ownEntries } from "./layout.ts";

/**
 * Takes an entry of a block mapping away with its lines; its mapping is left with the others. None where it is the only one,
 * shares a line with something, stands in braces, or would take a comment or an anchor with it.
 */
export function removeEntry(
  file: ComposeFile,
  mapping: MappingNode,
  entry: MappingEntry,
): readonly TextEdit[] | undefined {
  if (mapping.flow || mapping.viaAlias || ownEntries(mapping).length < 2) return undefined;
  return removeLines(file, entry.span.start, entry.span.end);
}

/** Takes the lines from `start` to `end` away when nothing else stands on them, and no comment or anchor. */
export function removeLines(file: ComposeFile, start: number, end: number): readonly TextEdit[] | undefined {
  const { text, lines } = file;
  const from = lines.startOf(lines.lineAt(start));
  const last = start + text.slice(start, end).trimEnd().length;
  const lineEnd = lines.endOf(lines.lineAt(last));
  const rest = text.slice(last, lineEnd);
  if (text.slice(from, start).trim() !== "" || !/^\s*:?\s*$/.test(rest)) return undefined;
  if (/[#&]/.test(text.slice(start, last))) return undefined;
  // The last line of a file may have no line break: then the one before it goes.
  const next = lines.startOf(lines.lineAt(last) + 1);
  const isLast = text.slice(next).trim() === "";
  // Empty lines that were between it and what is above would stand at the end.
  const above = isLast ? text.slice(0, from).trimEnd().length : from;
  if (isLast && above < from && next > lineEnd)
    return [remove({ start: endOfLine(file, above), end: lineEnd })];
  if (next > lineEnd) return [remove({ start: from, end: next })];
  return [remove({ start: Math.max(0, from - lineBreakOf(file).length), end: lineEnd })];
}
