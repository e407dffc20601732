import { endOfLine, lineBreakOf } from "../../model/compose/edit/layout.ts";
import { isPlainMapping, isPlainRegion, isPlainValue } from "../../model/compose/edit/plain-region.ts";
import type { ComposeFile, MappingEntry } from "../../syntax/compose/tree.ts";
import { remove, replace, type TextEdit } from "../../text/edit.ts";
import { isSameData } from "./same-data.ts";

/**
 * Puts `<<: *name` in the place of the entries of a block mapping that a part has too. None where the part is no mapping, one
 * of its entries is missing or other here, the mapping has none of its own, or a comment would be lost.
 */
export function mergeInto(
  file: ComposeFile,
  entry: MappingEntry,
  { value: part }: MappingEntry,
  name: string,
): readonly TextEdit[] | undefined {
  const { value } = entry;
  if (part?.kind !== "mapping" || value?.kind !== "mapping" || value.flow || !isPlainValue(file, entry))
    return undefined;
  if (part.entries.length < 2 || value.entries.length <= part.entries.length || !isPlainMapping(file, value))
    return undefined;
  const shared = value.entries.filter((own) =>
    part.entries.some((it) => it.key.value === own.key.value && isSameData(it.value, own.value)),
  );
  if (shared.length < part.entries.length) return undefined;
  const edits: TextEdit[] = [];
  for (const [at, { span }] of shared.entries()) {
    const end = span.start + file.text.slice(span.start, span.end).trimEnd().length;
    const line = file.lines.startOf(file.lines.lineAt(span.start));
    const lineEnd = endOfLine(file, end);
    const isWhole =
      /^ *$/.test(file.text.slice(line, span.start)) && /^\s*:?\s*$/.test(file.text.slice(end, lineEnd));
    if (!isWhole || !isPlainRegion(file, { start: span.start, end })) return undefined;
    if (at === 0) edits.push(replace({ start: span.start, end: lineEnd }, `<<: *${name}`));
    else edits.push(remove({ start: line - lineBreakOf(file).length, end: lineEnd }));
  }
  return edits;
}
