import { pathMatcher } from "../../../syntax/dockerignore/pattern.ts";
import { baseName, below, directoryOf, isWithin, resolvePath } from "../paths.ts";

/** What a word with `*`, `?` or `[…]` stands for in a shell. */
export interface ShellPattern {
  /** The directory in front of its first part that is a pattern. */
  readonly directory: string;
  /** Is the path one of those that it stands for, or, where `withBelow`, in one of them? */
  takes(path: string, withBelow: boolean): boolean;
  /** False where shells differ, or the pattern is none that can be followed: then it takes all that it may take. */
  readonly isSure: boolean;
}

/**
 * Reads a pattern (POSIX, 2.14 Pattern Matching Notation): a wildcard stays inside one part of the path, and takes no dot in front.
 * Undefined where the directory that it counts from is not known.
 */
export function shellPattern(text: string, workdir: string | undefined): ShellPattern | undefined {
  const first = text.search(/[*?[{]/);
  const head = text.slice(0, text.lastIndexOf("/", first) + 1);
  const directory = resolvePath(workdir, head === "" ? "." : head);
  if (directory === undefined) return undefined;
  const parts = text.slice(head.length).replace(/\/+$/, "").split("/");
  const matchers = parts.map(partMatcher);
  const isSure = !matchers.includes(undefined) && !parts.some((it) => it === "." || it === "..");
  return {
    directory,
    isSure,
    takes(path, withBelow) {
      if (path === directory || !isWithin(path, directory)) return false;
      const names = below(path, directory).split("/");
      if (!isSure) return true;
      const isDeepEnough = withBelow ? names.length >= parts.length : names.length === parts.length;
      return isDeepEnough && matchers.every((matches, at) => matches?.(names[at] ?? ""));
    },
  };
}

/** Has a path this name, or is it in a directory of it, somewhere below `directory`? Dots in front are as good as others, as find has it. */
export function namedBelow(directory: string, patterns: readonly string[]): (path: string) => boolean {
  const matchers = patterns.map((it) => pathMatcher(it) ?? (() => true));
  return (path) => {
    for (let at = path; isWithin(at, directory); at = directoryOf(at)) {
      if (matchers.some((matches) => matches(baseName(at)))) return true;
      if (at === "/") return false;
    }
    return false;
  };
}

/** Braces are another matter in each shell; more than a few wildcards are not tried. */
function partMatcher(part: string): ((name: string) => boolean) | undefined {
  if (/[{}\\]|\[!|\*\*|(?:\*.*){4}/.test(part)) return undefined;
  const matches = pathMatcher(part);
  const isHidden = part.startsWith(".");
  return matches && ((name) => (isHidden || !name.startsWith(".")) && matches(name));
}
