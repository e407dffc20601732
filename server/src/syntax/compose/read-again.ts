import { changeBetween, type TextChange } from "../../text/change.ts";
import type { Span } from "../../text/span.ts";
import type { SyntaxProblem } from "../problem.ts";
import { countingEntries } from "./doubled-keys.ts";
import { Mover } from "./moved.ts";
import type { FileParts, WrittenEntry } from "./parts.ts";
import { indentOf, withoutDoubled } from "./parts-of.ts";
import { readEntries } from "./read-entries.ts";
import type { ComposeEdit, ComposeFile, MappingEntry, MappingNode } from "./tree.ts";

/** A file of which only what an edit touched was read. */
export interface ReadAgain {
  readonly root: MappingNode;
  readonly parts: FileParts;
  readonly edit: ComposeEdit;
  /** That a key is there twice at the top or in `services`. */
  readonly doubled: readonly SyntaxProblem[];
}

/**
 * Reads the services, or the entries at the top, that an edit touched, and takes the others over from the file `before`.
 * Undefined where it is not certain that the whole would be read like that: an anchor, a tab or the mark of a document is in
 * what was edited, a line stands further out, a quote or bracket stays open, a key has no letter, or the indentation is another one.
 */
export function readAgain(before: ComposeFile, text: string): ReadAgain | undefined {
  const { parts, root } = before;
  if (!parts || !root || before.text === text) return undefined;
  // Where a key without a letter stands depends on the blanks in front of it.
  if ([...parts.top, ...(parts.services ?? [])].some(hasNoLetter)) return undefined;
  const version: Version = { before, parts, root, text, change: changeBetween(before.text, text) };
  return readIn("services", version) ?? readIn("file", version);
}

interface Version {
  readonly before: ComposeFile;
  readonly parts: FileParts;
  readonly root: MappingNode;
  readonly text: string;
  readonly change: TextChange;
}

/** Entries that stand one below the other, and where the lines of each begin; the last offset is the end of the last one. */
interface Level {
  readonly of: ComposeEdit["of"];
  readonly entries: readonly WrittenEntry[];
  readonly indent: number;
  readonly starts: readonly number[];
}

/** Entries from the first to the one before `to`. */
interface Range {
  readonly from: number;
  readonly to: number;
}

function readIn(of: ComposeEdit["of"], version: Version): ReadAgain | undefined {
  const level = levelOf(of, version);
  const touched = level && touchedBy(version, level);
  if (!touched) return undefined;
  // What is half typed may take the line of the next service with it.
  return (
    readRange(level, touched, version) ??
    (touched.to < level.entries.length
      ? readRange(level, { from: touched.from, to: touched.to + 1 }, version)
      : undefined)
  );
}

function levelOf(of: ComposeEdit["of"], { before, parts }: Version): Level | undefined {
  const entries = of === "file" ? parts.top : parts.services;
  const indent = entries && indentOf(entries, before.text);
  if (!entries || indent === undefined || (of === "services" && indent === 0)) return undefined;
  const starts = entries.map((it) => it.entry.key.span.start - indent);
  const last = starts.at(-1) ?? 0;
  const behind = of === "file" ? undefined : parts.top.find((it) => it.entry.key.span.start > last);
  return { of, entries, indent, starts: [...starts, behind?.entry.key.span.start ?? before.text.length] };
}

/** Which entries have to be read again; undefined where the change goes beyond them. */
function touchedBy({ before, text, change }: Version, { starts }: Level): Range | undefined {
  const count = starts.length - 1;
  if (change.start < (starts[0] ?? 0) || change.endBefore > (starts[count] ?? 0)) return undefined;
  let from = lastBefore(starts, change.start + 1, count);
  // How the line of a key is read depends on what stands before it.
  const lineEnd = before.text.indexOf("\n", starts[from]);
  if (from > 0 && (lineEnd < 0 || change.start <= lineEnd)) from--;
  let to = lastBefore(starts, Math.max(change.endBefore, change.start + 1), count) + 1;
  const shift = change.endAfter - change.endBefore;
  if (to < count && text[(starts[to] ?? 0) + shift - 1] !== "\n") to++;
  return { from, to };
}

/** Index of the last of the entries that begins before an offset. */
function lastBefore(starts: readonly number[], offset: number, count: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) < offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function readRange(level: Level, range: Range, version: Version): ReadAgain | undefined {
  const { parts, text, change } = version;
  const { of, entries, starts, indent } = level;
  const start = starts[range.from] ?? 0;
  const endBefore = starts[range.to] ?? 0;
  const shift = change.endAfter - change.endBefore;
  const region = { start, endBefore, endAfter: endBefore + shift };
  if (parts.anchors.some(({ at }) => at >= start && at < endBefore)) return undefined;
  if (parts.errors.some(({ span }) => touchesBorder(span, region, indent))) return undefined;
  // The services are a level of their own.
  if (of === "file" && entries.slice(range.from, range.to).some(isServices)) return undefined;
  const read = readEntries({
    text,
    start,
    end: region.endAfter,
    inServices: of === "services",
    indent,
    anchors: parts.anchors.filter((it) => it.at < start),
    nodes: sizeOf(parts.top),
  });
  if (!read || (of === "file" && read.entries.some(isServices))) return undefined;

  const mover = new Mover(endBefore, shift, parts.anchors.length > 0);
  const replaced = (move: (it: WrittenEntry) => WrittenEntry) => [
    ...entries.slice(0, range.from).map(move),
    ...read.entries,
    ...entries.slice(range.to).map(move),
  ];
  const services =
    of === "services" ? replaced((it) => mover.written(it)) : parts.services?.map((it) => mover.written(it));
  if (services?.length === 0) return undefined;
  const doubled: SyntaxProblem[] = [];
  const withServices = (it: WrittenEntry) =>
    services && it === parts.top.find(isServices)
      ? servicesWith(it, services, mover, doubled, text)
      : mover.written(it);
  const top = of === "file" ? replaced(withServices) : parts.top.map(withServices);
  // Without any, a file has no mapping at all.
  if (top.length === 0) return undefined;
  const root = blockOf(version.root, top, doubled, text);
  const around = (problems: readonly SyntaxProblem[], inside: readonly SyntaxProblem[]) => [
    ...problems.filter((it) => it.span.start < start),
    ...inside,
    ...problems.filter((it) => it.span.start >= endBefore).map((it) => mover.problem(it)),
  ];
  return {
    root,
    parts: {
      errors: around(parts.errors, read.errors),
      problems: around(parts.problems, withoutDoubled(read.problems, [read.entries])),
      top,
      services,
      anchors: parts.anchors.map((it) => mover.anchor(it)),
    },
    edit: { of, region, ...keptOf(of, range, parts.services ?? [], services ?? []) },
    doubled,
  };
}

/** An error there, up to the first key, may have to do with either side: that nothing closed a bracket is told at the next key. */
function touchesBorder({ start, end }: Span, region: TextChange, indent: number): boolean {
  return [region.start, region.endBefore].some((it) => start <= it + indent && it <= end);
}

function hasNoLetter({ entry: { key } }: WrittenEntry): boolean {
  return key.span.start === key.span.end;
}

function isServices({ entry }: WrittenEntry): boolean {
  return entry.key.value === "services";
}

function sizeOf(entries: readonly WrittenEntry[]): number {
  return entries.reduce((sum, it) => sum + it.size, 0);
}

function servicesWith(
  { entry }: WrittenEntry,
  services: readonly WrittenEntry[],
  mover: Mover,
  doubled: SyntaxProblem[],
  text: string,
): WrittenEntry {
  const { key } = mover.entry({ key: entry.key, value: undefined, span: entry.key.span });
  const value = entry.value?.kind === "mapping" ? blockOf(entry.value, services, doubled, text) : undefined;
  const end = Math.max(value?.span.end ?? 0, key.span.end);
  return { entry: { key, value, span: { start: key.span.start, end } }, size: sizeOf(services) + 1 };
}

/** A block mapping as it is with other entries. */
function blockOf(
  before: MappingNode,
  written: readonly WrittenEntry[],
  doubled: SyntaxProblem[],
  text: string,
): MappingNode {
  const entries: readonly MappingEntry[] = written.map((it) => it.entry);
  const start = entries[0]?.key.span.start ?? 0;
  const span = { start, end: start + text.slice(start, entries.at(-1)?.span.end).trimEnd().length };
  return { ...before, entries: countingEntries(entries, (it) => doubled.push(it)), span };
}

/** Which services are what they were, and which of them stand beside what was read again. */
function keptOf(
  of: ComposeEdit["of"],
  range: Range,
  before: readonly WrittenEntry[],
  after: readonly WrittenEntry[],
): Pick<ComposeEdit, "kept" | "beside"> {
  const kept = new Map<MappingEntry, MappingEntry>();
  const beside = new Set<MappingEntry>();
  const from = of === "services" ? range.from : before.length;
  for (const [at, { entry }] of before.entries()) {
    const isBehind = of === "services" && at >= range.to;
    if (at >= from && !isBehind) continue;
    const now = after[isBehind ? at + after.length - before.length : at]?.entry;
    if (!now) continue;
    kept.set(now, entry);
    if (of === "services" && (at === from - 1 || at === range.to)) beside.add(now);
  }
  return { kept, beside };
}
