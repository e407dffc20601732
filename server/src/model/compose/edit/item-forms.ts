import type {
  ComposeFile,
  MappingEntry,
  MappingNode,
  SequenceNode,
  YamlNode,
} from "../../../syntax/compose/tree.ts";
import { insert, replace, type TextEdit } from "../../../text/edit.ts";
import { columnOf, endOfLine, indentStep, lineBreakOf } from "./layout.ts";
import { isOnOneLine } from "./list-and-mapping.ts";
import { blockLines, type NewEntry } from "./new-entry.ts";
import { isPlainRegion, isPlainValue, standsAlone } from "./plain-region.ts";

/** Writes an item of a list, which is a text, as a mapping. A comment behind it stays on its line. */
export function itemToMapping(
  file: ComposeFile,
  list: SequenceNode,
  item: YamlNode,
  entries: readonly NewEntry[],
): readonly TextEdit[] | undefined {
  const isHere = item.kind === "scalar" && !item.viaAlias && item.tag === undefined;
  if (!isHere || !isOnOneLine(file, item) || !standsAlone(file, item.span.start)) return undefined;
  if (list.flow) return [replace(item.span, flowMapping(file, entries))];
  const [first = "", ...rest] = entries.flatMap((it) => blockLines(it, indentStep(file)));
  const indent = lineBreakOf(file) + " ".repeat(columnOf(file, item.span.start));
  const below = rest.map((it) => indent + it).join("");
  return [replace(item.span, first), ...(below ? [insert(endOfLine(file, item.span.end), below)] : [])];
}

/** Writes an item of a list, which is a mapping, as a text, given as YAML. None where it holds comments, anchors or aliases. */
export function itemToText(file: ComposeFile, item: YamlNode, text: string): readonly TextEdit[] | undefined {
  const isHere = item.kind === "mapping" && !item.viaAlias && item.tag === undefined;
  if (!isHere || !isPlainRegion(file, item.span) || !standsAlone(file, item.span.start)) return undefined;
  return [replace(item.span, text)];
}

/** Writes the value of a key anew as a block below the key, its lines not indented, or in braces where the key stands in some. */
export function valueToBlock(
  file: ComposeFile,
  owner: MappingNode,
  entry: MappingEntry,
  lines: readonly string[],
  flow: string,
): readonly TextEdit[] | undefined {
  const { value, key } = entry;
  if (value?.kind !== "scalar" || !isPlainValue(file, entry) || !isOnOneLine(file, value)) return undefined;
  if (owner.flow) return [replace(value.span, flow)];
  const between = file.text.slice(key.span.end, value.span.start);
  if (/[\r\n#]/.test(between)) return undefined;
  const colon = key.span.end + between.trimEnd().length;
  const indent = lineBreakOf(file) + " ".repeat(columnOf(file, key.span.start) + indentStep(file));
  return [
    replace({ start: colon, end: value.span.end }, ""),
    insert(endOfLine(file, value.span.end), lines.map((it) => indent + it).join("")),
  ];
}

/** Writes the value of a key, a list or mapping, as a text behind the colon. None where it holds comments, anchors or aliases. */
export function valueToText(
  file: ComposeFile,
  entry: MappingEntry,
  text: string,
): readonly TextEdit[] | undefined {
  const { value, key } = entry;
  if (!value || value.kind === "scalar" || !isPlainValue(file, entry)) return undefined;
  const colon = /^\s*:/.exec(file.text.slice(key.span.end))?.[0].length ?? 0;
  const region = { start: key.span.end + colon, end: value.span.end };
  return isPlainRegion(file, region) ? [replace(region, ` ${text}`)] : undefined;
}

/** Entries in braces; in a file that is JSON throughout keys and texts stand in double quotes. */
export function flowMapping({ root }: ComposeFile, entries: readonly NewEntry[]): string {
  const quoted = root?.flow === true;
  const textOf = (value: NewEntry["value"]): string => {
    if (value === undefined) return "null";
    if (typeof value !== "string") return `{${value.map(pairOf).join(", ")}}`;
    return quoted && !/^(?:["[{]|-?\d+$|true$|false$)/.test(value) ? JSON.stringify(value) : value;
  };
  const pairOf = ({ key, value }: NewEntry) => `${quoted ? JSON.stringify(key) : key}: ${textOf(value)}`;
  return `{${entries.map(pairOf).join(", ")}}`;
}
