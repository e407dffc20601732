import type { VisibleEntry } from "./stack.ts";

/** A file of an image's final file system, with the path that it has when all links are followed. */
export interface FoundEntry extends VisibleEntry {
  readonly path: string;
}

/** Linux follows no more (path_resolution(7)). */
const MOST_LINKS = 40;

/** What stands at an absolute path, links followed, as a container would see it; undefined where nothing does. */
export function resolveEntry(
  visible: ReadonlyMap<string, VisibleEntry>,
  path: string,
): FoundEntry | undefined {
  const left = path.split("/").reverse();
  let at = "";
  let links = 0;
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      at = at.slice(0, Math.max(at.lastIndexOf("/"), 0));
      continue;
    }
    const next = `${at}/${part}`;
    const found = visible.get(next);
    if (found?.entry.kind !== "symlink") {
      at = next;
      continue;
    }
    if (++links > MOST_LINKS) return undefined;
    const target = found.entry.target ?? "";
    if (target.startsWith("/")) at = "";
    left.push(...target.split("/").reverse());
  }
  const found = visible.get(at);
  return found && { ...found, path: at };
}
