import type { SyntaxProblem } from "../problem.ts";
import type { MappingEntry } from "./tree.ts";

/** Of entries as they are written those that count: the first of each key. The others are problems. */
export function countingEntries(
  written: readonly MappingEntry[],
  report: (problem: SyntaxProblem) => void,
): readonly MappingEntry[] {
  const seen = new Set<string>();
  return written.filter(({ key }) => {
    if (!seen.has(key.value)) return seen.add(key.value);
    report(doubledKey(key));
    return false;
  });
}

/** The problem of a key that its mapping has already. */
export function doubledKey({ span, value }: MappingEntry["key"]): SyntaxProblem {
  return {
    code: DOUBLED_KEY,
    message: `The key ${quoted(value)} is already in this mapping.`,
    span,
    severity: "error",
  };
}

export const DOUBLED_KEY = "yaml-duplicate-key";

function quoted(key: string): string {
  return `\`${key.length > 40 ? `${key.slice(0, 40)}…` : key}\``;
}
