import { entryAt } from "../../../syntax/compose/find.ts";
import type { ComposeFile, MappingNode, YamlNode } from "../../../syntax/compose/tree.ts";
import { remove, type TextEdit } from "../../../text/edit.ts";
import { removeEntry, removeLines } from "./remove-entry.ts";

/**
 * Takes an item out of the list behind `key` of a mapping; the key goes with the last one. None where it stands behind an alias,
 * or would take a comment or an anchor with it.
 */
export function removeItem(
  file: ComposeFile,
  mapping: MappingNode,
  key: string,
  item: YamlNode,
): readonly TextEdit[] | undefined {
  const entry = entryAt(mapping, key);
  const list = entry?.value;
  if (!entry || list?.kind !== "sequence" || list.viaAlias || mapping.viaAlias) return undefined;
  const at = list.items.indexOf(item);
  if (at < 0) return undefined;
  if (list.items.length === 1) return removeEntry(file, mapping, entry);
  if (!list.flow) return removeFromBlock(file, item);
  const next = list.items[at + 1];
  const before = list.items[at - 1];
  const span = next
    ? { start: item.span.start, end: next.span.start }
    : { start: before?.span.end ?? item.span.start, end: item.span.end };
  return /[#&]/.test(file.text.slice(span.start, span.end)) ? undefined : [remove(span)];
}

/** The item with its dash. */
function removeFromBlock(file: ComposeFile, { span }: YamlNode): readonly TextEdit[] | undefined {
  const dash = /-[ \t]+$/.exec(file.text.slice(0, span.start));
  return dash ? removeLines(file, dash.index, span.end) : undefined;
}
