import type { FileQuery, FileRow, FileSort, FileWindow } from "../../shared/file-messages.ts";
import type { ComparedEntry, FileDifference, FileStatus } from "./file-difference.ts";
import { pathFilter } from "./file-filter.ts";

/** Says which instruction made a layer of an image, both by index. */
export type MadeBy = (
  image: number,
  layer: number,
) => { readonly instruction: string; readonly order: number } | undefined;

/** Most rows that are handed over at once. */
const longestWindow = 500;

/**
 * The list of files behind a page. It remembers the last query, so that a page may ask for one window after the other while
 * the user scrolls.
 */
export class FileList {
  readonly #files: FileDifference;
  readonly #madeBy: MadeBy;
  #last: { readonly key: string; readonly found: Found } | undefined;

  constructor(files: FileDifference, madeBy: MadeBy) {
    this.#files = files;
    this.#madeBy = madeBy;
  }

  /** Rows `start` to `start + count`. A directory that is not there is empty. */
  window(query: FileQuery, start: number, count: number): FileWindow {
    const { entries, sums, byStatus } = this.#find(query);
    const from = Math.max(0, Math.min(start, entries.length));
    return {
      query,
      start: from,
      rows: entries
        .slice(from, from + Math.min(count, longestWindow))
        .map((it) => rowOf(it, query, this.#files.images, this.#madeBy)),
      count: entries.length,
      sums,
      byStatus,
    };
  }

  /** All rows, for an export. */
  all(query: FileQuery): readonly FileRow[] {
    return this.#find(query).entries.map((it) => rowOf(it, query, this.#files.images, this.#madeBy));
  }

  #find(query: FileQuery): Found {
    const key = JSON.stringify(query);
    if (this.#last?.key !== key) this.#last = { key, found: find(this.#files, query, this.#madeBy) };
    return this.#last.found;
  }
}

interface Found {
  readonly entries: readonly ComparedEntry[];
  readonly sums: readonly number[];
  readonly byStatus: Readonly<Record<FileStatus, number>>;
}

function find(files: FileDifference, query: FileQuery, madeBy: MadeBy): Found {
  const directory = files.find(query.directory);
  const within = directory ? (query.show === "entries" ? directory.children : filesBelow(directory)) : [];
  const isMeant = pathFilter(query.text);
  const byStatus = { same: 0, added: 0, removed: 0, changed: 0, metadata: 0, absent: 0 };
  const entries: ComparedEntry[] = [];
  for (const entry of within) {
    if (!isMeant(entry.path)) continue;
    const status = entry.statuses[query.image] ?? "absent";
    // Of three images the third may have what neither of the others has.
    if (status === "absent" && query.image > 0) continue;
    byStatus[status]++;
    if (query.statuses.length === 0 || query.statuses.includes(status)) entries.push(entry);
  }
  const sums = Array.from({ length: files.images }, (_, image) =>
    entries.reduce((sum, it) => sum + (it.bytes[image] ?? 0), 0),
  );
  return { entries: sorted(entries, query.sort, query.image, madeBy), sums, byStatus };
}

/** Everything below that is no directory. */
function filesBelow(directory: ComparedEntry): ComparedEntry[] {
  const found: ComparedEntry[] = [];
  const left = [directory];
  for (let at = left.pop(); at; at = left.pop())
    for (const child of at.children) {
      if (child.isDirectory) left.push(child);
      else found.push(child);
    }
  return found;
}

const statusOrder: readonly FileStatus[] = ["added", "removed", "changed", "metadata", "same", "absent"];

/** Paths put in order what is equal. */
function sorted(
  entries: ComparedEntry[],
  { by, image, descending }: FileSort,
  against: number,
  madeBy: MadeBy,
): readonly ComparedEntry[] {
  const sign = descending ? -1 : 1;
  if (by === "path") return entries.sort((a, b) => sign * byPath(a, b));
  const value = (entry: ComparedEntry): number => {
    if (by === "size") return entry.bytes[image] ?? 0;
    if (by === "difference") return Math.abs((entry.bytes[against] ?? 0) - (entry.bytes[0] ?? 0));
    if (by === "status") return statusOrder.indexOf(entry.statuses[against] ?? "absent");
    return makerOf(entry, against, madeBy)?.order ?? Number.MAX_SAFE_INTEGER;
  };
  const keyed = entries.map((entry) => ({ entry, value: value(entry) }));
  keyed.sort((a, b) => sign * (a.value - b.value) || byPath(a.entry, b.entry));
  return keyed.map((it) => it.entry);
}

function byPath(a: ComparedEntry, b: ComparedEntry): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

function makerOf({ versions }: ComparedEntry, against: number, madeBy: MadeBy) {
  const image = versions[against] ? against : 0;
  const version = versions[image];
  return version && madeBy(image, version.layer);
}

function rowOf(entry: ComparedEntry, query: FileQuery, images: number, madeBy: MadeBy): FileRow {
  const { path, versions, bytes, isDirectory } = entry;
  const [first, here] = [versions[0], versions[query.image]];
  const version = here ?? first;
  const status = entry.statuses[query.image] ?? "absent";
  const isMetadata = status === "metadata" && first && here && accessOf(first) !== accessOf(here);
  return {
    path,
    shown: path.slice(query.directory === "/" ? 1 : query.directory.length + 1),
    isDirectory,
    target: version?.entry.target ?? null,
    sizes: Array.from({ length: images }, (_, image) => (isThere(entry, image) ? (bytes[image] ?? 0) : null)),
    difference: (bytes[query.image] ?? 0) - (bytes[0] ?? 0),
    status,
    files: entry.files[query.image] ?? 0,
    filesBefore: entry.files[0] ?? 0,
    instruction: makerOf(entry, query.image, madeBy)?.instruction ?? null,
    access: version ? accessOf(version) : null,
    accessBefore: isMetadata ? accessOf(first) : null,
  };
}

function isThere({ statuses }: ComparedEntry, image: number): boolean {
  const status = statuses[image];
  return status !== "absent" && status !== "removed";
}

function accessOf({ entry }: NonNullable<ComparedEntry["versions"][number]>): string {
  return `${modeText(entry.mode)} ${entry.uid}:${entry.gid}`;
}

/** `rwxr-xr-x` as `ls` writes it, with `s` and `t` for set-uid, set-gid and sticky. */
function modeText(mode: number): string {
  const special = ["s", "s", "t"];
  return [6, 3, 0]
    .map((shift, index) => {
      const bits = (mode >> shift) & 7;
      const isSpecial = ((mode >> (11 - index)) & 1) === 1;
      const letter = special[index] ?? "";
      const last = isSpecial ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? "x" : "-";
      return `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${last}`;
    })
    .join("");
}
