/** One pattern of an ignore file, or of a source of COPY. */
export type PathMatcher = (path: string) => boolean;

/**
 * Reads a pattern by the rules of moby/patternmatcher (patternmatcher.go, read 2026-11), with `/` between the parts of a
 * path. Undefined for a pattern that Docker refuses.
 */
export function pathMatcher(pattern: string): PathMatcher | undefined {
  if (!/[*?[\]\\]/.test(pattern)) return (path) => path === pattern;
  const tail = /^\*\*([^*?[\]\\]*)$/.exec(pattern)?.[1];
  // `**` and `**/name` are compared with the end of the path, without a regular expression: `**name` is any path ending so.
  if (tail !== undefined)
    return (path) => path.endsWith(tail) || (tail.startsWith("/") && path === tail.slice(1));
  const head = /^([^*?[\]\\]+)\*\*$/.exec(pattern)?.[1];
  if (head !== undefined) return (path) => path.startsWith(head);
  const expression = expressionOf(pattern);
  if (expression === undefined) return undefined;
  const whole = new RegExp(`^${expression}$`, "su");
  return (path) => whole.test(path);
}

function expressionOf(pattern: string): string | undefined {
  const characters = [...pattern];
  let text = "";
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    if (character === "*" && characters[at + 1] === "*") {
      at += characters[at + 2] === "/" ? 2 : 1;
      // `a/**` is everything below; elsewhere it is any number of folders, none included.
      text += at + 1 >= characters.length ? ".*" : "(?:.*/)?";
    } else if (character === "*") text += "[^/]*";
    else if (character === "?") text += "[^/]";
    else if (character === "\\") {
      const next = characters[++at];
      if (next === undefined) return undefined;
      text += literal(next);
    } else if (character === "[") {
      const found = characterSet(characters, at);
      if (!found) return undefined;
      text += found.set;
      at = found.end;
    } else text += literal(character);
  }
  return text;
}

/** `[a-c]` or `[^a-c]`, as Go's filepath.Match reads it: at least one member, `\` escapes. */
function characterSet(
  characters: readonly string[],
  start: number,
): { readonly set: string; readonly end: number } | undefined {
  let at = start + 1;
  let set = "[";
  if (characters[at] === "^") {
    set += "^";
    at++;
  }
  const first = at;
  while (at < characters.length && (characters[at] !== "]" || at === first)) {
    const character = characters[at] ?? "";
    if (character === "]") return undefined;
    if (character === "-" && at > first && characters[at + 1] !== "]") set += "-";
    else if (character === "\\") set += member(characters[++at] ?? "");
    else set += member(character);
    at++;
  }
  if (at >= characters.length) return undefined;
  set += "]";
  return isRegularExpression(set) ? { set, end: at } : undefined;
}

/** A range may run backwards, which Go refuses as JavaScript does. */
function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
}

/** Of a set; elsewhere a regular expression takes no `\-`. */
function member(character: string): string {
  return character === "-" ? "\\-" : literal(character);
}
