import { entryAt } from "../../../syntax/compose/find.ts";
import type { ComposeFile, ScalarNode, SequenceNode } from "../../../syntax/compose/tree.ts";
import { insert, replace, type TextEdit } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";
import type { Service } from "../project.ts";
import { columnOf, endOfLine, indentStep, lineBreakOf } from "./layout.ts";

/**
 * Turns the `depends_on` list of a service into a mapping with a condition for each dependency. Comments and the order stay; a
 * list on one line becomes a block, unless the service itself stands in braces. None where the list is not written there, or in a block
 * that the service merges, for whose other services it changes too.
 */
export function writeLongDependencies(
  file: ComposeFile,
  service: Service,
  conditionOf: (dependency: string) => string,
): readonly TextEdit[] | undefined {
  const entry = entryAt(service.node, "depends_on");
  const list = entry?.value;
  if (!entry || list?.kind !== "sequence" || service.node?.viaAlias) return undefined;
  const isMerged = entry.key.viaAlias;
  if (list.viaAlias && !(isMerged && isOnlyDependencies(file, entry.key, list))) return undefined;
  const items = list.items.flatMap((it) =>
    it.kind === "scalar" && (isMerged || !it.viaAlias) && isName(it.value) ? [it] : [],
  );
  if (items.length < list.items.length || new Set(items.map((it) => it.value)).size < items.length)
    return undefined;

  if (!list.flow) return fromBlock(file, entry.key, items, conditionOf);
  const isPlain = !service.node?.flow && !/[\r\n#]/.test(file.text.slice(list.span.start, list.span.end));
  return isPlain
    ? fromLine(file, entry.key, list, items, conditionOf)
    : fromFlow(file, list, items, conditionOf);
}

/** Services that merge a block share it as their `depends_on`; behind an anchor or an alias of its own it may be something else, too. */
function isOnlyDependencies({ text, lines }: ComposeFile, key: ScalarNode, list: SequenceNode): boolean {
  const line = lines.startOf(lines.lineAt(key.span.start));
  const isOfBlock = /^ *$/.test(text.slice(line, key.span.start));
  return isOfBlock && /^:\s*$/.test(text.slice(key.span.end, list.span.start));
}

/** A name that is no number or boolean and needs no quotes. */
function isName(name: string): boolean {
  return /^[a-zA-Z][\w.-]*$/.test(name) && !/^(?:true|false|null)$/i.test(name);
}

/** `- db  # comment` becomes `db:  # comment` with its condition below. */
function fromBlock(
  file: ComposeFile,
  key: ScalarNode,
  items: readonly ScalarNode[],
  conditionOf: (dependency: string) => string,
): readonly TextEdit[] | undefined {
  const step = indentStep(file);
  const edits: TextEdit[] = [];
  for (const { span, value } of items) {
    const line = file.lines.startOf(file.lines.lineAt(span.start));
    const before = /^( *)- +$/.exec(file.text.slice(line, span.start));
    if (!before) return undefined;
    // A list may stand in the column of its key, a mapping has to be deeper.
    const column = Math.max(before[1]?.length ?? 0, columnOf(file, key.span.start) + step);
    const condition = `${lineBreakOf(file)}${" ".repeat(column + step)}condition: ${conditionOf(value)}`;
    edits.push(replace({ start: line, end: span.end }, `${" ".repeat(column)}${value}:`));
    edits.push(insert(endOfLine(file, span.end), condition));
  }
  return edits;
}

function fromLine(
  file: ComposeFile,
  key: ScalarNode,
  { span }: { readonly span: Span },
  items: readonly ScalarNode[],
  conditionOf: (dependency: string) => string,
): readonly TextEdit[] {
  const step = indentStep(file);
  const outer = " ".repeat(columnOf(file, key.span.start) + step);
  const inner = outer + " ".repeat(step);
  const lines = items.flatMap(({ value }) => [
    `${outer}${value}:`,
    `${inner}condition: ${conditionOf(value)}`,
  ]);
  let start = span.start;
  while (/[ \t]/.test(file.text[start - 1] ?? "")) start--;
  return [
    replace({ start, end: span.end }, ""),
    insert(endOfLine(file, span.end), lines.map((it) => lineBreakOf(file) + it).join("")),
  ];
}

function fromFlow(
  { text }: ComposeFile,
  { span }: SequenceNode,
  items: readonly ScalarNode[],
  conditionOf: (dependency: string) => string,
): readonly TextEdit[] {
  const values = items.map((item) => {
    const condition = conditionOf(item.value);
    const name = text.slice(item.span.start, item.span.end);
    return replace(
      item.span,
      item.style === "double"
        ? `${name}: {"condition": "${condition}"}`
        : `${name}: {condition: ${condition}}`,
    );
  });
  return [
    replace({ start: span.start, end: span.start + 1 }, "{"),
    ...values,
    replace({ start: span.end - 1, end: span.end }, "}"),
  ];
}
