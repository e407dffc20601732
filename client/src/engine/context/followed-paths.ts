import { lstat, readdir, readlink } from "node:fs/promises";
import { isAbsolute, join, posix, sep } from "node:path";
import { patternMatcher } from "./ignore-file.ts";

/** Which entries of a walk count, besides the ignore file. */
export interface Wanted {
  /** True for a path that is wanted, or lies below one that is. */
  includes(path: string): boolean;
  /** True for a folder that may hold something wanted. */
  mayHold(folder: string): boolean;
}

/** A link that leads in a circle must end somewhere; Linux gives up after 40. */
const linkLimit = 40;

/**
 * BuildKit asks only for what COPY and ADD name. A name may hold wildcards and lead through symbolic links, whose targets count as well.
 * Answers plain paths, relative, with `/`; what does not exist is among them, for BuildKit to report.
 */
export async function followedPaths(root: string, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const path of paths) await follow([], parts(path), linkLimit);
  return found;

  async function follow(done: readonly string[], rest: readonly string[], links: number): Promise<void> {
    const [next, ...after] = rest;
    if (next === undefined) {
      found.add(done.join("/"));
      return;
    }
    if (next === "..") return follow(done.slice(0, -1), after, links);
    if (/[*?[\\]/.test(next)) {
      const matches = patternMatcher(next);
      const names = await readdir(join(root, ...done)).catch(() => []);
      for (const name of names.filter(matches)) await step(done, name, after, links);
      return;
    }
    return step(done, next, after, links);
  }

  async function step(
    done: readonly string[],
    name: string,
    after: readonly string[],
    links: number,
  ): Promise<void> {
    const here = [...done, name];
    const absolute = join(root, ...here);
    const isLink = (await lstat(absolute).catch(() => undefined))?.isSymbolicLink() === true;
    if (!isLink || links === 0) return follow(here, after, links);
    found.add(here.join("/"));
    const target = (await readlink(absolute)).split(sep).join("/");
    // In the engine the context is the whole world, so an absolute link begins at its root.
    return follow(isAbsolute(target) ? [] : done, [...parts(target), ...after], links - 1);
  }
}

/** `.` is everything. */
export function onlyThese(paths: ReadonlySet<string>): Wanted {
  if (paths.has("")) return { includes: () => true, mayHold: () => true };
  return {
    includes: (path) => {
      for (let at = path.length; at > 0; at = path.lastIndexOf("/", at - 1))
        if (paths.has(path.slice(0, at))) return true;
      return false;
    },
    mayHold: (folder) => [...paths].some((path) => path.startsWith(`${folder}/`)),
  };
}

function parts(path: string): readonly string[] {
  return posix
    .normalize(path)
    .split("/")
    .filter((part) => part !== "" && part !== ".");
}
