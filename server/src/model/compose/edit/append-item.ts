import { entryAt, isNull } from "../../../syntax/compose/find.ts";
import type { ComposeFile, MappingNode, SequenceNode } from "../../../syntax/compose/tree.ts";
import { insert, type TextEdit } from "../../../text/edit.ts";
import { appendEntry } from "./append-entry.ts";
import { columnOf, endOfLine, lineBreakOf } from "./layout.ts";

/**
 * Adds an item, given as YAML, to the list behind `key` of a mapping, in the list's own form; the list is added where the
 * mapping has none. None where it stands behind an alias, or is no list.
 */
export function appendItem(
  file: ComposeFile,
  mapping: MappingNode,
  key: string,
  item: string,
): readonly TextEdit[] | undefined {
  const entry = entryAt(mapping, key);
  if (!entry) return appendEntry(file, mapping, { key, value: `[${item}]` });
  const list = entry.value;
  if (isNull(list) || list?.kind !== "sequence" || list.viaAlias || mapping.viaAlias) return undefined;
  return list.flow ? intoBrackets(file, list, item) : belowLast(file, list, item);
}

function intoBrackets({ text }: ComposeFile, list: SequenceNode, item: string): readonly TextEdit[] {
  const last = list.items.at(-1);
  const quoted = last?.kind === "scalar" && last.style === "double" && !/^["[{]/.test(item);
  const written = quoted ? JSON.stringify(item) : item;
  if (!last) return [insert(list.span.start + 1, written)];
  // A comma may stand behind the last one already.
  const comma = /^\s*,/.exec(text.slice(last.span.end))?.[0].length;
  return [insert(last.span.end + (comma ?? 0), comma ? ` ${written}` : `, ${written}`)];
}

function belowLast(file: ComposeFile, list: SequenceNode, item: string): readonly TextEdit[] | undefined {
  const first = list.items[0];
  const last = list.items.at(-1);
  if (!first || !last) return undefined;
  const line = file.lines.startOf(file.lines.lineAt(first.span.start));
  const dash = /^ *- +/.exec(file.text.slice(line, first.span.start));
  if (!dash || columnOf(file, first.span.start) < dash[0].length) return undefined;
  const end = last.span.start + file.text.slice(last.span.start, last.span.end).trimEnd().length;
  return [insert(endOfLine(file, end), `${lineBreakOf(file)}${dash[0]}${item}`)];
}
