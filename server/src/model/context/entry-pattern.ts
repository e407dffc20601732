import { type PathMatcher, pathMatcher } from "../../syntax/dockerignore/pattern.ts";
import type { BuildContext } from "./build-context.ts";

/** What a source of COPY names by a pattern in its last part: `*.json`, `config/app-?.yaml`. */
export interface EntryPattern {
  /** Clean, relative to the context; empty for the context itself. */
  readonly folder: string;
  /** Is an entry of the folder meant by its name? */
  readonly matches: PathMatcher;
}

/**
 * Reads a clean path relative to the context. Undefined where its folder is a pattern too, and for a pattern that Docker refuses.
 * BuildKit matches as Go's filepath.Match does (fsutil copy, read 2026-11).
 */
export function entryPattern(path: string): EntryPattern | undefined {
  const at = path.lastIndexOf("/");
  const folder = path.slice(0, Math.max(at, 0));
  const matches = /[*?[\\]/.test(folder) ? undefined : pathMatcher(path.slice(at + 1));
  return matches && { folder, matches };
}

/** Paths of the context that such a source names; none where the folder cannot be listed. */
export function entriesMatching(path: string, context: BuildContext): readonly string[] {
  const pattern = entryPattern(path);
  if (!pattern) return [];
  const { folder, matches } = pattern;
  const names = (context.list(folder) ?? []).filter(matches);
  return names.map((it) => (folder === "" ? it : `${folder}/${it}`));
}
