import {
  type IgnoreFile,
  type IgnorePattern,
  parseIgnoreFile,
} from "../../syntax/dockerignore/ignore-file.ts";
import type { IgnoreFileModel } from "./ignore-file-model.ts";

export interface ContextEntry {
  /** Relative to the context, `/` between its parts. */
  readonly path: string;
  readonly kind: "file" | "directory";
}

export interface ContextEntries {
  readonly entries: readonly ContextEntry[];
  /** False when there are more, or something could not be read. */
  readonly complete: boolean;
  /** Folders that were not looked into: nothing in them can come back. */
  readonly skipped: readonly string[];
}

const kept = new WeakMap<IgnoreFileModel, ContextEntries>();

/**
 * What is in the context, folder by folder from its root, 4,000 entries at most. What lies in a folder that is kept out for good
 * is left alone: `node_modules` alone may hold more than all of the rest.
 */
export function contextEntries(model: IgnoreFileModel): ContextEntries {
  const known = kept.get(model);
  if (known) return known;
  const found = walk(model);
  kept.set(model, found);
  return found;
}

function walk({ context, ignore }: IgnoreFileModel): ContextEntries {
  const entries: ContextEntry[] = [];
  const skipped: string[] = [];
  const waiting = [""];
  let complete = context !== undefined;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const folder = next;
    const names = context?.list(folder);
    if (!names) complete = false;
    for (const name of names ?? []) {
      if (entries.length >= MOST_ENTRIES) return { entries, complete: false, skipped };
      const path = folder === "" ? name : `${folder}/${name}`;
      const kind = context?.exists(path);
      if (kind !== "file" && kind !== "directory") continue;
      entries.push({ path, kind });
      if (kind !== "directory") continue;
      const isOut = ignore.ignoredBy(path) !== undefined && !ignore.mayReturnBelow(path);
      if (isOut || name === ".git") skipped.push(path);
      else waiting.push(path);
    }
  }
  return { entries, complete, skipped };
}

const MOST_ENTRIES = 4000;

/** The ignore file without one of its patterns. */
export function without({ patterns }: IgnoreFile, pattern: IgnorePattern): IgnoreFile {
  return parseIgnoreFile(
    patterns
      .filter((it) => it !== pattern)
      .map((it) => it.text)
      .join("\n"),
  );
}

export interface EntriesOfPattern {
  /** Those that match it, but for what lies in a folder that does. */
  readonly matching: readonly ContextEntry[];
  /** What lies in those folders, at any depth. */
  readonly below: readonly ContextEntry[];
}

/** What a pattern speaks of in the context. */
export function entriesOfPattern(model: IgnoreFileModel, { matches }: IgnorePattern): EntriesOfPattern {
  const matching: ContextEntry[] = [];
  const below: ContextEntry[] = [];
  const folders = new Set<string>();
  for (const entry of contextEntries(model).entries) {
    const above = entry.path.slice(0, Math.max(entry.path.lastIndexOf("/"), 0));
    const isBelow = folders.has(above);
    if (!isBelow && !matches(entry.path)) continue;
    (isBelow ? below : matching).push(entry);
    if (entry.kind === "directory") folders.add(entry.path);
  }
  return { matching, below };
}
