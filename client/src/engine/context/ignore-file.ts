import { posix } from "node:path";
import { type PathMatcher, pathMatcher } from "../../../../server/src/syntax/dockerignore/pattern.ts";

/** Decides which paths of a build context an ignore file keeps out. */
export interface IgnoreFile {
  /** For the context's root: nothing is decided yet. */
  readonly root: IgnoreDecision;
  /**
   * Decides on one entry. `path` is relative to the context, with `/`, no `./`; `parent` the decision on its folder, as a
   * pattern that matches a folder matches everything inside.
   */
  decide(path: string, parent: IgnoreDecision): IgnoreDecision;
  /** True when nothing inside this ignored folder can come back through an exception, so that it need not be walked. */
  canSkip(folder: string): boolean;
}

export interface IgnoreDecision {
  readonly ignored: boolean;
  /** For each pattern, whether it matched this path or a folder above it. */
  readonly matched: readonly boolean[];
}

/** A line that Docker refuses too. */
export class IgnoreFileError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.name = "IgnoreFileError";
    this.line = line;
  }
}

interface Pattern {
  readonly exception: boolean;
  /** Cleaned, without `!` and leading `/`. */
  readonly text: string;
  matches(path: string): boolean;
}

/**
 * Reads an ignore file by Docker's rules (docs.docker.com/build/concepts/context, moby/patternmatcher, read 2026-11): the last pattern that
 * matches a path or a folder above it decides; `!` makes an exception; `#` starts a comment in the first column only.
 * `@balena/dockerignore` 1.0.2 takes `+`, `(` and `|` in a pattern for those of regular expressions, hence this one.
 * Throws IgnoreFileError for a pattern that Docker cannot read.
 */
export function readIgnoreFile(text: string, onWindows = false): IgnoreFile {
  const patterns = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .flatMap((line, index) => readPattern(line, index + 1, onWindows));
  const exceptions = patterns.filter((it) => it.exception).map((it) => it.text);

  return {
    root: { ignored: false, matched: patterns.map(() => false) },
    decide(path, parent) {
      let ignored = false;
      const matched = patterns.map((pattern, index) => {
        // A pattern that could change nothing is not looked at, and then does not count for what is inside either.
        const matches =
          parent.matched[index] === true || (pattern.exception === ignored && pattern.matches(path));
        if (matches) ignored = !pattern.exception;
        return matches;
      });
      return { ignored, matched };
    },
    canSkip: (folder) => !exceptions.some((it) => /[*?[\\]/.test(it) || `${it}/`.startsWith(`${folder}/`)),
  };
}

function readPattern(line: string, number: number, onWindows: boolean): readonly Pattern[] {
  if (line.startsWith("#")) return [];
  const written = line.trim();
  if (written === "") return [];
  const exception = written.startsWith("!");
  const bare = exception ? written.slice(1).trim() : written;
  if (bare === "") throw new IgnoreFileError(number, "“!” stands alone");
  const text = cleaned(onWindows ? bare.replaceAll("\\", "/") : bare);
  return [{ exception, text, matches: matcher(text, number) }];
}

/** As Go's filepath.Clean, and without the leading slash, which means the context's root anyway. */
function cleaned(pattern: string): string {
  const normal = posix.normalize(pattern).replace(/(?<=.)\/$/, "");
  return normal.length > 1 && normal.startsWith("/") ? normal.slice(1) : normal;
}

/** Whether one path element matches a pattern of COPY. Throws IgnoreFileError for a pattern that Docker cannot read. */
export function patternMatcher(pattern: string): PathMatcher {
  return matcher(pattern, 1);
}

function matcher(pattern: string, line: number): PathMatcher {
  const matches = pathMatcher(pattern);
  if (!matches) throw new IgnoreFileError(line, `“${pattern}” is no pattern that Docker understands`);
  return matches;
}
