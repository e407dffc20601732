import { entryAt } from "../../../syntax/compose/find.ts";
import type { ComposeFile, MappingNode, YamlNode } from "../../../syntax/compose/tree.ts";
import { remove, replace, type TextEdit } from "../../../text/edit.ts";
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
  if (!list.flow) {
    const edits = removeFromBlock(file, item);
    return edits && [...edits, writeAgain(file, entry.key)];
  }
  const next = list.items[at + 1];
  const before = list.items[at - 1];
  const span = next
    ? { start: item.span.start, end: next.span.start }
    : { start: before?.span.end ?? item.span.start, end: item.span.end };
  return /[#&]/.test(file.text.slice(span.start, span.end)) ? undefined : [remove(span)];
}

/**
 * Leaves the list's key as it is: two removals from one list overlap there, so that they are never made together and leave the
 * key without a list. The second is then the last one's.
 */
function writeAgain(file: ComposeFile, { span }: YamlNode): TextEdit {
  return replace(span, file.text.slice(span.start, span.end));
}

/** The item with its dash. */
function removeFromBlock(file: ComposeFile, { span }: YamlNode): readonly TextEdit[] | undefined {
  const dash = /-[ \t]+$/.exec(file.text.slice(0, span.start));
  return dash ? removeLines(file, dash.index, span.end) : undefined;
}
