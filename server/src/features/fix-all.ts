import { safeEdits } from "../rules/fix-all.ts";
import type { Problem } from "../rules/rule.ts";
import { applyEdits, type TextEdit } from "../text/edit.ts";

export interface Fixed {
  readonly text: string;
  /** Problems of the last pass: what is left. */
  readonly left: readonly Problem[];
  /** Fixes made, over all passes. */
  readonly made: number;
}

/**
 * Makes fixes until none is left to make, since one can clear the way for another. `unsafe` makes those too that may
 * change what is built; a problem's safe fix goes before its unsafe one. Fixes that change other files are left out, as only
 * this text is at hand. `check` gives a text's problems.
 */
export function fixAll(
  text: string,
  check: (text: string) => readonly Problem[],
  kinds: "safe" | "unsafe",
): Fixed {
  let current = text;
  let made = 0;
  let left = check(current);
  const seen = new Set([current]);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const candidates = kinds === "safe" ? left : left.map(allAsSafe);
    const edits = safeEdits(candidates);
    const next = applyEdits(current, edits);
    // Fixes that undo each other would go on for ever.
    if (seen.has(next)) break;
    seen.add(next);
    made += candidates.filter((it) => isMade(it, edits)).length;
    current = next;
    left = check(current);
  }
  return { text: current, left, made };
}

const MOST_PASSES = 20;

function allAsSafe(problem: Problem): Problem {
  const inOrder = problem.fixes
    .filter((it) => !it.others)
    .sort((a, b) => (a.kind === b.kind ? 0 : a.kind === "safe" ? -1 : 1));
  return { ...problem, fixes: inOrder.slice(0, 1).map((it) => ({ ...it, kind: "safe" })) };
}

function isMade({ fixes }: Problem, edits: readonly TextEdit[]): boolean {
  const fix = fixes.find((it) => it.kind === "safe");
  return fix !== undefined && fix.edits.length > 0 && fix.edits.every((it) => edits.includes(it));
}

/** The one edit that makes `after` of `before`: what is between their common beginning and end. Empty when they are equal. */
export function difference(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same])
    same++;
  return [{ span: { start, end: before.length - same }, newText: after.slice(start, after.length - same) }];
}
