import { posix } from "node:path";

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
export function pathMatcher(pattern: string): (name: string) => boolean {
  return matcher(pattern, 1);
}

function matcher(pattern: string, line: number): (path: string) => boolean {
  if (!/[*?[\]\\]/.test(pattern)) return (path) => path === pattern;
  const tail = /^\*\*([^*?[\]\\]*)$/.exec(pattern)?.[1];
  // Docker compares `**` and `**/name` as the end of the path, without a regular expression: `**name` is any path ending so.
  if (tail !== undefined)
    return (path) => path.endsWith(tail) || (tail.startsWith("/") && path === tail.slice(1));
  const expression = new RegExp(`^${expressionOf(pattern, line)}$`, "su");
  return (path) => expression.test(path);
}

function expressionOf(pattern: string, line: number): string {
  const characters = [...pattern];
  let source = "";
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    switch (character) {
      case "*":
        if (characters[at + 1] !== "*") source += "[^/]*";
        else {
          at += characters[at + 2] === "/" ? 2 : 1;
          // `a/**` is everything below; elsewhere it is any number of folders, none included.
          source += at + 1 >= characters.length ? ".*" : "(?:.*/)?";
        }
        break;
      case "?":
        source += "[^/]";
        break;
      case "\\":
        if (at + 1 >= characters.length) throw malformed(pattern, line);
        source += literal(characters[++at] ?? "");
        break;
      case "[": {
        const { set, end } = characterSet(characters, at, pattern, line);
        source += set;
        at = end;
        break;
      }
      default:
        source += literal(character);
    }
  }
  return source;
}

/** `[a-c]` or `[^a-c]`, as Go's filepath.Match reads it: at least one member, `\` escapes. */
function characterSet(
  characters: readonly string[],
  start: number,
  pattern: string,
  line: number,
): { set: string; end: number } {
  let at = start + 1;
  let set = "[";
  if (characters[at] === "^") {
    set += "^";
    at++;
  }
  const first = at;
  while (at < characters.length && (characters[at] !== "]" || at === first)) {
    const character = characters[at] ?? "";
    if (character === "]") throw malformed(pattern, line);
    if (character === "-" && at > first && characters[at + 1] !== "]") set += "-";
    else if (character === "\\") set += member(characters[++at] ?? "");
    else set += member(character);
    at++;
  }
  if (at >= characters.length) throw malformed(pattern, line);
  set += "]";
  try {
    new RegExp(set, "u");
  } catch {
    throw malformed(pattern, line);
  }
  return { set, end: at };
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
}

/** Of a set; elsewhere a regular expression takes no `\-`. */
function member(character: string): string {
  return character === "-" ? "\\-" : literal(character);
}

function malformed(pattern: string, line: number): IgnoreFileError {
  return new IgnoreFileError(line, `“${pattern}” is no pattern that Docker understands`);
}
