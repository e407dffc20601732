import { LineIndex } from "../../text/line-index.ts";
import type { Span } from "../../text/span.ts";
import { type PathMatcher, pathMatcher } from "./pattern.ts";

/** An ignore file of a build context, by Docker's rules. Any text gives patterns and problems. */
export interface IgnoreFile {
  readonly patterns: readonly IgnorePattern[];
  /** Lines that Docker refuses: with one of them the whole build ends. */
  readonly problems: readonly IgnoreProblem[];
  /**
   * The pattern that keeps a path out of the build, undefined where it stays in. `path` is relative to the context, with
   * `/` and no `./`; it need not be there.
   */
  ignoredBy(path: string): IgnorePattern | undefined;
  /** May something below this ignored folder come back through an exception? */
  mayReturnBelow(folder: string): boolean;
}

export interface IgnorePattern {
  /** As written, without the blanks around. */
  readonly text: string;
  readonly span: Span;
  /** `!` makes an exception. */
  readonly exception: boolean;
  /** Cleaned, without `!` and leading `/`. */
  readonly path: string;
  readonly matches: PathMatcher;
}

export interface IgnoreProblem {
  readonly message: string;
  readonly span: Span;
  /** 0-based. */
  readonly line: number;
}

/**
 * Reads an ignore file (moby/patternmatcher with its `ignorefile` package, docs.docker.com/build/concepts/context, read
 * 2026-11): the last pattern that matches a path or a folder above it decides; `#` starts a comment in the first column only.
 */
export function parseIgnoreFile(text: string): IgnoreFile {
  const lines = new LineIndex(text);
  const patterns: IgnorePattern[] = [];
  const problems: IgnoreProblem[] = [];
  let line = -1;
  for (const whole of text.split(/\r?\n/)) {
    line++;
    const mark = line === 0 && whole.startsWith("\uFEFF") ? 1 : 0;
    const content = whole.slice(mark);
    const written = content.trim();
    if (content.startsWith("#") || written === "") continue;
    const start = lines.startOf(line) + mark + content.indexOf(written);
    const span = { start, end: start + written.length };
    const exception = written.startsWith("!");
    const bare = exception ? written.slice(1).trim() : written;
    const path = bare === "" ? undefined : cleaned(bare);
    const matches = path === undefined ? undefined : pathMatcher(path);
    if (bare === "") problems.push({ message: "`!` stands alone", span, line });
    else if (path === undefined || !matches)
      problems.push({ message: `\`${bare}\` is no pattern that Docker understands`, span, line });
    else patterns.push({ text: written, span, exception, path, matches });
  }
  return ignoreFileOf(patterns, problems);
}

function ignoreFileOf(patterns: readonly IgnorePattern[], problems: readonly IgnoreProblem[]): IgnoreFile {
  const exceptions = patterns.flatMap(({ exception, path }, index) => (exception ? [{ path, index }] : []));
  const decisions = new Map<string, Decision>();
  return {
    patterns,
    problems,
    ignoredBy: (path) => decide(path, patterns, decisions).by,
    mayReturnBelow: (folder) => {
      if (exceptions.length === 0) return false;
      // What ignores the folder ignores all below it again that exceptions before it brought back.
      const { by } = decide(folder, patterns, decisions);
      const since = by === undefined ? -1 : patterns.indexOf(by);
      return exceptions.some(
        ({ path, index }) => index > since && (/[*?[\\]/.test(path) || `${path}/`.startsWith(`${folder}/`)),
      );
    },
  };
}

interface Decision {
  readonly by: IgnorePattern | undefined;
  /** For each pattern, whether it was found to match this path or a folder above it. */
  readonly matched: readonly boolean[];
}

/**
 * Folder by folder, as the build walks the context. A pattern that could change nothing where a folder was decided was not
 * looked at there, and so does not count for what is inside (MatchesUsingParentResults).
 */
function decide(path: string, patterns: readonly IgnorePattern[], known: Map<string, Decision>): Decision {
  let above: Decision | undefined;
  for (let end = path.indexOf("/", 1); ; end = path.indexOf("/", end + 1)) {
    const folder = end < 0 ? path : path.slice(0, end);
    const decision = known.get(folder) ?? decided(folder, patterns, above);
    if (known.size < MOST_KEPT) known.set(folder, decision);
    if (end < 0) return decision;
    above = decision;
  }
}

function decided(path: string, patterns: readonly IgnorePattern[], above: Decision | undefined): Decision {
  let by: IgnorePattern | undefined;
  const matched = patterns.map((pattern, index) => {
    const isLookedAt = pattern.exception === (by !== undefined);
    const matches = above?.matched[index] === true || (isLookedAt && pattern.matches(path));
    if (matches) by = pattern.exception ? undefined : pattern;
    return matches;
  });
  return { by, matched };
}

const MOST_KEPT = 2000;

/** As Go's filepath.Clean, and without the leading slash, which means the context's root anyway. */
function cleaned(pattern: string): string {
  const isRooted = pattern.startsWith("/");
  const parts: string[] = [];
  for (const part of pattern.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (!isRooted) parts.push(part);
  }
  return parts.join("/") || (isRooted ? "/" : ".");
}
