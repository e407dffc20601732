import { columnOf, endOfLine, indentStep, lineBreakOf } from "../../../model/compose/edit/layout.ts";
import type { ComposeFile, MappingNode, SequenceNode, YamlNode } from "../../../syntax/compose/tree.ts";
import { insert, replace, type TextEdit } from "../../../text/edit.ts";
import { holdsMarks } from "../moved-text.ts";
import type { EntryStep, ItemStep, Place } from "../place.ts";
import { type Offer, offer, type Refactoring } from "../refactoring.ts";

/** Writes what stands in brackets or braces as a block, an entry a line; what is in brackets inside stays so. */
export const blockForm: Refactoring = {
  id: "block-form",
  kind: "rewrite",
  offersAt: (place) => [offerFor(place)],
};

type FlowNode = MappingNode | SequenceNode;

/** Only the outermost brackets can become a block. */
function offerFor({ file, steps }: Place): Offer | undefined {
  const step = steps.findLast((it) => !it.owner.flow);
  if (!step) return undefined;
  return step.kind === "entry" ? ofEntry(file, step) : ofItem(file, step);
}

function ofEntry(file: ComposeFile, { entry: { key, value } }: EntryStep): Offer | undefined {
  if (!isFlow(value) || key.viaAlias) return undefined;
  const colon = file.text.slice(key.span.end, value.span.start);
  // An anchor or a tag, or a line break, may stand before the bracket.
  if (!/^[ \t]*:[ \t]*$/.test(colon)) return undefined;
  const column = columnOf(file, key.span.start) + indentStep(file);
  const lines = linesOf(file, value);
  if (!lines) return undefined;
  const block = lines.map((it) => lineBreakOf(file) + " ".repeat(column) + it).join("");
  // A comment behind it stays with the key.
  const edits: TextEdit[] = [
    replace({ start: key.span.end + colon.trimEnd().length, end: value.span.end }, ""),
    insert(endOfLine(file, value.span.end), block),
  ];
  return offer(`Write ${key.value} as a block`, edits);
}

/** `- {a: 1, b: 2}`. */
function ofItem(file: ComposeFile, { item }: ItemStep): Offer | undefined {
  if (!isFlow(item) || item.kind !== "mapping") return undefined;
  const { start, end } = item.span;
  const before = file.text.slice(file.lines.startOf(file.lines.lineAt(start)), start);
  if (!/^[ \t]*(?:-[ \t]+)+$/.test(before)) return undefined;
  // A comment behind it would come to stand in the middle of the entry.
  if (file.text.slice(end, endOfLine(file, end)).trim() !== "") return undefined;
  const lines = linesOf(file, item);
  const separator = lineBreakOf(file) + " ".repeat(columnOf(file, start));
  return offer("Write this entry as a block", lines && [replace(item.span, lines.join(separator))]);
}

function isFlow(node: YamlNode | undefined): node is FlowNode {
  return node !== undefined && node.kind !== "scalar" && node.flow && !node.viaAlias;
}

/** The entries, one a line; undefined where there is none, or where more than entries stands between the brackets. */
function linesOf(file: ComposeFile, node: FlowNode): readonly string[] | undefined {
  const source = file.text.slice(node.span.start, node.span.end);
  if (holdsMarks(file, node.span)) return undefined;
  if (!/^[[{]/.test(source) || /[\r\n]/.test(source) || /\s#/.test(source)) return undefined;
  const lines =
    node.kind === "sequence"
      ? node.items.map((it) => sourceOf(file, it, "- "))
      : node.merges.length > 0
        ? [undefined]
        : node.entries.map(({ key, value }) => {
            const name = file.text.slice(key.span.start, key.span.end);
            if (key.viaAlias || name === "") return undefined;
            return value ? sourceOf(file, value, `${name}: `) : `${name}:`;
          });
  const written = lines.filter((it) => it !== undefined);
  return written.length > 0 && written.length === lines.length ? written : undefined;
}

function sourceOf({ text }: ComposeFile, node: YamlNode, before: string): string | undefined {
  if (node.viaAlias || node.tag !== undefined) return undefined;
  const source = text.slice(node.span.start, node.span.end);
  if (source === "") return before.trimEnd();
  // A dash or question mark in front would be a mark of its own; an anchor stands outside of the node.
  return /^[-?:](?:\s|$)|^[&*!]/.test(source) ? undefined : before + source;
}
