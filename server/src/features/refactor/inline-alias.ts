import { columnOf, endOfLine, indentStep, lineBreakOf } from "../../model/compose/edit/layout.ts";
import type { ComposeFile, MappingNode } from "../../syntax/compose/tree.ts";
import { insert, replace, type TextEdit } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import { holdsMarks, keepsEnd, movedText, withLastColon } from "./moved-text.ts";
import type { EntryStep } from "./place.ts";
import { offer, type Refactoring } from "./refactoring.ts";

/** Writes what an alias stands for in its place: `logging: *logging`, and `<<: *base` without what the mapping has of its own. */
export const inlineAlias: Refactoring = {
  id: "inline-alias",
  kind: "inline",
  offersAt: ({ file, steps }) => {
    const step = steps.at(-1);
    if (step?.kind !== "entry" || step.entry.key.viaAlias || !step.entry.value?.viaAlias) return [];
    const alias = aliasOf(file, step);
    if (!alias || step.entry.value.tag !== undefined) return [];
    const isMerge = step.owner.merges.includes(step.entry);
    const edits = isMerge ? inlineMerge(file, step) : inlineValue(file, step, alias);
    return [offer(`Write out *${alias.name}`, edits)];
  },
};

interface Alias extends Span {
  readonly name: string;
}

function aliasOf({ text }: ComposeFile, { entry: { key, span } }: EntryStep): Alias | undefined {
  const match = /^(\s*:\s*)\*([^\s,[\]{}]+)$/.exec(text.slice(key.span.end, span.end));
  return match
    ? { name: match[2] ?? "", start: key.span.end + (match[1]?.length ?? 0), end: span.end }
    : undefined;
}

function inlineValue(
  file: ComposeFile,
  { entry, owner }: EntryStep,
  alias: Alias,
): readonly TextEdit[] | undefined {
  const { value, key } = entry;
  if (!value || !canCopy(file, value.span)) return undefined;
  const source = file.text.slice(value.span.start, value.span.end);
  const isOneLine = !/[\r\n]/.test(source);
  const isBlock = value.kind === "scalar" ? !isOneLine : !value.flow;
  if (!isBlock) {
    // A text that needs no quotes elsewhere may need them in brackets.
    const fits =
      isOneLine &&
      (!owner.flow || value.kind !== "scalar" || value.style !== "plain" || !/[,[\]{}]/.test(source));
    return fits ? [replace(alias, source)] : undefined;
  }
  if (value.kind === "scalar" || owner.flow) return undefined;
  const column = columnOf(file, key.span.start) + indentStep(file);
  const text = movedText(file, withLastColon(file, value.span), column);
  const before = file.text.slice(key.span.end, alias.start).trimEnd().length;
  return text === undefined
    ? undefined
    : [
        replace({ start: key.span.end + before, end: alias.end }, ""),
        insert(endOfLine(file, alias.end), lineBreakOf(file) + " ".repeat(column) + text),
      ];
}

function inlineMerge(file: ComposeFile, { entry, owner }: EntryStep): readonly TextEdit[] | undefined {
  const { value } = entry;
  if (owner.flow || value?.kind !== "mapping" || value.merges.length > 0 || owner.merges.length > 1)
    return undefined;
  const own = ownKeys(owner);
  // `!!merge <<: *base` is how some tools write it.
  const tag = /!!merge[ \t]+$/.exec(file.text.slice(0, entry.key.span.start))?.[0].length ?? 0;
  const start = entry.key.span.start - tag;
  const column = columnOf(file, start);
  const kept = value.entries.filter((it) => !own.has(it.key.value));
  if (!/^\s*$/.test(file.text.slice(entry.span.end, endOfLine(file, entry.span.end)))) return undefined;
  const texts = kept.map(({ key, value: inner, span }) => {
    if (!canCopy(file, span)) return undefined;
    if (inner) return movedText(file, withLastColon(file, span), column);
    return `${file.text.slice(key.span.start, key.span.end)}:`;
  });
  if (kept.length === 0 || texts.includes(undefined)) return undefined;
  return [replace({ start, end: entry.span.end }, texts.join(lineBreakOf(file) + " ".repeat(column)))];
}

/** Keys that the mapping has itself, which count before those that are merged in. */
function ownKeys({ entries, span }: MappingNode): ReadonlySet<string> {
  const own = entries.filter(
    (it) => !it.key.viaAlias && span.start <= it.span.start && it.span.end <= span.end,
  );
  return new Set(own.map((it) => it.key.value));
}

/** A copy of an anchor would take its place for the aliases behind it. */
function canCopy(file: ComposeFile, span: Span): boolean {
  return !holdsMarks(file, span) && !keepsEnd(file, span);
}
