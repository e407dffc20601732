import { indentStep, lineBreakOf } from "../../model/compose/edit/layout.ts";
import { isPlainRegion, isPlainValue } from "../../model/compose/edit/plain-region.ts";
import { entriesOf, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile, MappingEntry, YamlNode } from "../../syntax/compose/tree.ts";
import { insert, replace, type TextEdit } from "../../text/edit.ts";
import { mergeInto } from "./merge-into.ts";
import { holdsMarks, keepsEnd, movedText, withLastColon } from "./moved-text.ts";
import type { EntryStep, Place } from "./place.ts";
import { offer, type Refactoring } from "./refactoring.ts";
import { isSameData } from "./same-data.ts";

/**
 * Moves a mapping or list that stands in several services, or that is selected, to the top as `x-name: &name`, and uses it by
 * `*name`. A second offer also merges it, by `<<`, into mappings that have all of its entries and some of their own.
 */
export const extractAnchor: Refactoring = {
  id: "extract-anchor",
  kind: "extract",
  offersAt: (place) => {
    const { steps, file } = place;
    if (steps[0]?.kind !== "entry" || steps[0].entry.key.value !== "services" || file.root?.flow) return [];
    for (let depth = 2; depth < steps.length; depth++) {
      const step = steps[depth];
      const path = steps
        .slice(2, depth + 1)
        .flatMap((it) => (it.kind === "entry" ? [it.entry.key.value] : []));
      if (step?.kind !== "entry" || path.length < depth - 1 || !canMove(file, step)) continue;
      const others = othersAt(place, steps[1], path);
      const equal = others.filter((it) => isSameData(it.value, step.entry.value) && canGo(file, it));
      const name = nameFor(file, path.at(-1) ?? "");
      if (equal.length > 0 || isSelected(place, step))
        return [
          offer(titleOf(path, equal.length, 0, name), extract(place, step, equal, [], name)),
          ...merged(place, step, path, equal, others, name),
        ];
      const onlyMerged = merged(place, step, path, equal, others, name);
      if (onlyMerged.length > 0) return onlyMerged;
    }
    return [];
  },
};

function titleOf(path: readonly string[], equal: number, wider: number, name: string): string {
  const of = equal + wider > 0 ? ` of ${1 + equal + wider} services` : "";
  const how = wider > 0 ? ", merged with <<" : "";
  return `Extract ${path.join(".")}${of} as the anchor &${name}${how}`;
}

function merged(
  place: Place,
  step: EntryStep,
  path: readonly string[],
  equal: readonly MappingEntry[],
  others: readonly MappingEntry[],
  name: string,
) {
  const done = new Set(equal);
  const wider = others.flatMap((it) => {
    const edits = done.has(it) ? undefined : mergeInto(place.file, it, step.entry, name);
    return edits ? [edits] : [];
  });
  if (wider.length === 0) return [];
  const edits = extract(place, step, equal, wider.flat(), name);
  return [offer(titleOf(path, equal.length, wider.length, name), edits)];
}

/** What stands at the same path of other services, written there. */
function othersAt(
  { file }: Place,
  own: Place["steps"][number] | undefined,
  path: readonly string[],
): readonly MappingEntry[] {
  return entriesOf(valueAt(file.root, "services")).flatMap((service) => {
    if (own?.kind === "entry" && service === own.entry) return [];
    let node: YamlNode | undefined = service.value;
    let found: MappingEntry | undefined;
    for (const key of path) {
      found =
        node && !node.viaAlias
          ? entriesOf(node).find((it) => it.key.value === key && !it.key.viaAlias)
          : undefined;
      node = found?.value;
    }
    return found ? [found] : [];
  });
}

function canMove(file: ComposeFile, { entry, owner }: EntryStep): boolean {
  const { value } = entry;
  if (!value || value.kind === "scalar" || owner.viaAlias) return false;
  const size = value.kind === "mapping" ? value.entries.length : value.items.length;
  const isOneLine = !/[\r\n]/.test(file.text.slice(value.span.start, value.span.end));
  return (
    size > 0 &&
    isPlainValue(file, entry) &&
    !/#/.test(file.text.slice(entry.key.span.end, value.span.start)) &&
    !holdsMarks(file, value.span) &&
    !keepsEnd(file, value.span) &&
    (!value.flow || isOneLine)
  );
}

/** What goes in favour of the alias may hold no comment that would be lost. */
function canGo(file: ComposeFile, entry: MappingEntry): boolean {
  const { value, key } = entry;
  return (
    value !== undefined &&
    isPlainValue(file, entry) &&
    isPlainRegion(file, { start: key.span.end, end: value.span.end }) &&
    !keepsEnd(file, value.span)
  );
}

function isSelected({ selection }: Place, { entry: { key, span, value } }: EntryStep): boolean {
  return (
    selection.end > selection.start &&
    selection.start <= key.span.start &&
    selection.end >= span.end &&
    value?.kind === "mapping"
  );
}

function extract(
  place: Place,
  { entry }: EntryStep,
  equal: readonly MappingEntry[],
  more: readonly TextEdit[],
  name: string,
): readonly TextEdit[] | undefined {
  const { file } = place;
  const { value } = entry;
  if (!value || value.kind === "scalar") return undefined;
  const lineBreak = lineBreakOf(file);
  const step = indentStep(file);
  const text = value.flow
    ? file.text.slice(value.span.start, value.span.end)
    : movedText(file, withLastColon(file, value.span), step);
  if (text === undefined) return undefined;
  const head = `x-${name}: &${name}`;
  const block = value.flow ? `${head} ${text}` : `${head}${lineBreak}${" ".repeat(step)}${text}`;
  return [
    insert(topOf(file), `${block}${lineBreak}${lineBreak}`),
    ...[entry, ...equal].map((it) => useAlias(file, it, name)),
    ...more,
  ];
}

function useAlias(file: ComposeFile, { key, value }: MappingEntry, name: string): TextEdit {
  const { end: start } = withLastColon(file, key.span);
  return replace({ start, end: value ? withLastColon(file, value.span).end : start }, ` *${name}`);
}

/** Above `services` and the comments right above it, but below those at the very top of the file. */
function topOf({ root, lines, text }: ComposeFile): number {
  const services = root?.entries.find((it) => it.key.value === "services");
  const own = lines.lineAt(services?.span.start ?? 0);
  let line = own;
  while (line > 0 && text.startsWith("#", lines.startOf(line - 1))) line--;
  const isHeader = line === 0 || text.startsWith("---", lines.startOf(line - 1));
  return lines.startOf(isHeader ? own : line);
}

function nameFor({ text, root }: ComposeFile, key: string): string {
  const base = key.replaceAll(/[^\w-]+/g, "-") || "part";
  const isTaken = (name: string) =>
    new RegExp(`&${name}(?![^\\s,\\]}])`).test(text) ||
    root?.entries.some((it) => it.key.value === `x-${name}`);
  let name = base;
  for (let count = 2; isTaken(name); count++) name = `${base}-${count}`;
  return name;
}
