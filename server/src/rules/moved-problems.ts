import { spanAfter, type TextChange } from "../text/change.ts";
import type { Span } from "../text/span.ts";
import type { Problem } from "./rule.ts";

/** What was found before a change, as far as it still says the same. */
export interface StillFound {
  /** As they are in the text after the change. */
  readonly problems: readonly Problem[];
  /** The rules that have to be asked again: of what they found something has to do with what was edited, or names a line that has another number now. Of theirs there are no problems. */
  readonly again: ReadonlySet<string>;
}

/** What a change that touched none of it leaves of what was found; `sameLines`: no line has another number after it. */
export function stillFoundAfter(
  problems: readonly Problem[],
  change: TextChange,
  sameLines: boolean,
): StillFound {
  const moved: Problem[] = [];
  const again = new Set<string>();
  for (const problem of problems) {
    if (again.has(problem.rule)) continue;
    const next = sameLines || !LINE_NUMBER.test(problem.message) ? movedProblem(problem, change) : undefined;
    if (next) moved.push(next);
    else again.add(problem.rule);
  }
  return { problems: again.size === 0 ? moved : moved.filter((it) => !again.has(it.rule)), again };
}

/** The same where all rules are to be asked when one has to be: undefined then. */
export function movedBy(
  problems: readonly Problem[],
  change: TextChange,
  sameLines: boolean,
): readonly Problem[] | undefined {
  const still = stillFoundAfter(problems, change, sameLines);
  return still.again.size === 0 ? still.problems : undefined;
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
