import { spanAfter, type TextChange } from "../text/change.ts";
import type { Span } from "../text/span.ts";
import type { Problem } from "./rule.ts";

/** Problems of the text before a change as they are in the one after it. Undefined where one of them has to do with what was edited, or names a line that has another number now. */
export function movedBy(
  problems: readonly Problem[],
  change: TextChange,
  sameLines: boolean,
): readonly Problem[] | undefined {
  const moved: Problem[] = [];
  for (const problem of problems) {
    const next = sameLines || !LINE_NUMBER.test(problem.message) ? movedProblem(problem, change) : undefined;
    if (!next) return undefined;
    moved.push(next);
  }
  return moved;
}

const LINE_NUMBER = /\bline \d/;

function movedProblem(problem: Problem, change: TextChange): Problem | undefined {
  const span = spanAfter(problem.span, change);
  if (!span) return undefined;
  let isWhole = true;
  const move = <T extends { readonly span?: Span | undefined; readonly file?: string }>(it: T): T => {
    // Another file was not edited.
    if (it.span === undefined || it.file !== undefined) return it;
    const moved = spanAfter(it.span, change);
    if (!moved) isWhole = false;
    return { ...it, span: moved };
  };
  const related = problem.related.map(move);
  const fixes = problem.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(move) }));
  return isWhole ? { ...problem, span, related, fixes } : undefined;
}
