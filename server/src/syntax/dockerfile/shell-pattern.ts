/** Patterns of `#`, `%` and `/` in a substitution: `*`, `?` and escapes; there are no bracket expressions. */
export type ShellPattern = readonly Token[];
type Token = "*" | "?" | { readonly literal: string };

/** Undefined when an escape in it protects nothing that needs protection, which BuildKit refuses. */
export function readPattern(text: string): ShellPattern | undefined {
  const tokens: Token[] = [];
  const characters = [...text];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    if (character === "*" || character === "?") {
      if (character === "?" || tokens.at(-1) !== "*") tokens.push(character);
    } else if (character === "\\") {
      const next = characters[at + 1];
      // `}` and `/` are escaped only because they would end the pattern.
      if (next === "}" || next === "/") continue;
      if (next !== "*" && next !== "?" && next !== "\\") return undefined;
      tokens.push({ literal: next });
      at++;
    } else {
      tokens.push({ literal: character });
    }
  }
  return tokens;
}

/** Removes the shortest or longest prefix that matches. */
export function trimPrefix(value: string, pattern: ShellPattern, longest: boolean): string {
  const characters = [...value];
  const end = matchAt(characters, 0, pattern, longest);
  return end < 0 ? value : characters.slice(end).join("");
}

/** Removes the shortest or longest suffix that matches. */
export function trimSuffix(value: string, pattern: ShellPattern, longest: boolean): string {
  const characters = [...value].reverse();
  const end = matchAt(characters, 0, [...pattern].reverse(), longest);
  return end < 0 ? value : characters.slice(end).reverse().join("");
}

/** Replaces the first match, or every match, each as long as it can be. */
export function replaceMatches(
  value: string,
  pattern: ShellPattern,
  replacement: string,
  all: boolean,
): string {
  const characters = [...value];
  let result = "";
  let at = 0;
  let matchedUpTo = -1;
  while (at <= characters.length) {
    const end = matchAt(characters, at, pattern, true);
    // An empty match right behind a match does not count.
    if (end < 0 || (end === at && at === matchedUpTo)) {
      result += characters[at] ?? "";
      at++;
      continue;
    }
    result += replacement;
    matchedUpTo = end;
    if (end === at) {
      if (all) result += characters[at] ?? "";
      at = all ? at + 1 : at;
    } else at = end;
    if (!all) return result + characters.slice(at).join("");
  }
  return result;
}

/** Steps through all positions of the pattern at once, so it takes length times length at most. -1: no match. */
function matchAt(value: readonly string[], start: number, pattern: ShellPattern, longest: boolean): number {
  let states = closure(new Set([0]), pattern);
  let best = -1;
  for (let at = start; ; at++) {
    if (states.has(pattern.length)) {
      best = at;
      if (!longest) return best;
    }
    const character = value[at];
    if (character === undefined || states.size === 0) return best;
    const next = new Set<number>();
    for (const state of states) {
      const token = pattern[state];
      // Neither wildcard goes over a line break.
      if (token === "*" && character !== "\n") next.add(state);
      else if (token === "?" && character !== "\n") next.add(state + 1);
      else if (typeof token === "object" && token.literal === character) next.add(state + 1);
    }
    states = closure(next, pattern);
  }
}

function closure(states: Set<number>, pattern: ShellPattern): Set<number> {
  for (const state of states) if (pattern[state] === "*") states.add(state + 1);
  return states;
}
