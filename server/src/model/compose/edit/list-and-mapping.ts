import type {
  ComposeFile,
  MappingEntry,
  MappingNode,
  ScalarNode,
  SequenceNode,
} from "../../../syntax/compose/tree.ts";
import { replace, type TextEdit } from "../../../text/edit.ts";
import { columnOf, indentStep } from "./layout.ts";
import { endOfEntry, isPlainList, isPlainMapping, isPlainRegion, isPlainValue } from "./plain-region.ts";

/** An entry as YAML; without a value it is left empty. */
export interface WrittenPair {
  readonly key: string;
  readonly value: string | undefined;
}

/**
 * Makes a mapping of the list behind a key, item by item, so that comments and order stay. `pairOf` gives the entry for an
 * item, `flow` where it will stand in brackets. None where an item has no such form, comes from elsewhere, or is there twice.
 */
export function listToMapping(
  file: ComposeFile,
  entry: MappingEntry,
  pairOf: (item: ScalarNode, flow: boolean) => WrittenPair | undefined,
): readonly TextEdit[] | undefined {
  const list = entry.value;
  if (list?.kind !== "sequence" || !isPlainValue(file, entry) || !isPlainList(file, list)) return undefined;
  const pairs: { readonly item: ScalarNode; readonly pair: WrittenPair }[] = [];
  for (const item of list.items) {
    const pair = item.kind === "scalar" && isOnOneLine(file, item) ? pairOf(item, list.flow) : undefined;
    if (!pair || item.kind !== "scalar") return undefined;
    pairs.push({ item, pair });
  }
  if (new Set(pairs.map((it) => it.pair.key)).size < pairs.length) return undefined;
  if (list.flow)
    return [
      ...brackets(list, "{", "}"),
      ...pairs.map(({ item, pair }) => replace(item.span, `${pair.key}: ${pair.value ?? "null"}`)),
    ];

  const edits: TextEdit[] = [];
  // A list may stand in the column of its key, a mapping has to be deeper.
  const least = columnOf(file, entry.key.span.start) + indentStep(file);
  for (const { item, pair } of pairs) {
    const line = file.lines.startOf(file.lines.lineAt(item.span.start));
    const before = /^( *)- +$/.exec(file.text.slice(line, item.span.start));
    if (!before) return undefined;
    const indent = " ".repeat(Math.max(before[1]?.length ?? 0, least));
    const value = pair.value === undefined ? "" : ` ${pair.value}`;
    edits.push(replace({ start: line, end: item.span.end }, `${indent}${pair.key}:${value}`));
  }
  return edits;
}

/** Makes a list of the mapping behind a key, entry by entry. `itemOf` gives the item as YAML. None where an entry has no such form. */
export function mappingToList(
  file: ComposeFile,
  entry: MappingEntry,
  itemOf: (entry: MappingEntry, flow: boolean) => string | undefined,
): readonly TextEdit[] | undefined {
  const mapping = entry.value;
  if (mapping?.kind !== "mapping" || !isPlainValue(file, entry) || !isPlainMapping(file, mapping))
    return undefined;
  const edits: TextEdit[] = mapping.flow ? brackets(mapping, "[", "]") : [];
  for (const own of mapping.entries) {
    const item = itemOf(own, mapping.flow);
    const end = endOfEntry(file, own);
    const isWhole = isPlainRegion(file, { start: own.span.start, end }) || isScalarOnOneLine(file, own);
    if (item === undefined || !isWhole) return undefined;
    // Behind a colon without a value a blank may stand.
    const blanks = own.value ? 0 : (/^[ \t]*/.exec(file.text.slice(end, end + 80))?.[0].length ?? 0);
    if (mapping.flow) edits.push(replace({ start: own.span.start, end: end + blanks }, item));
    else {
      const line = file.lines.startOf(file.lines.lineAt(own.span.start));
      if (!/^ *$/.test(file.text.slice(line, own.span.start))) return undefined;
      edits.push(replace({ start: own.span.start, end }, `- ${item}`));
    }
  }
  return edits;
}

/** A value over several lines, e.g. a block of text, has no short form that looks like it. */
export function isOnOneLine({ text }: ComposeFile, { span }: ScalarNode): boolean {
  return !/[\r\n]/.test(text.slice(span.start, span.end));
}

function isScalarOnOneLine(file: ComposeFile, { value }: MappingEntry): boolean {
  return !value || (value.kind === "scalar" && isOnOneLine(file, value));
}

function brackets({ span }: MappingNode | SequenceNode, open: string, close: string): TextEdit[] {
  return [
    replace({ start: span.start, end: span.start + 1 }, open),
    replace({ start: span.end - 1, end: span.end }, close),
  ];
}
