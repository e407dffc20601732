import { interfere, type TextEdit } from "../text/edit.ts";
import { firstWhere } from "../text/sorted.ts";
import type { Problem } from "./rule.ts";

/**
 * The edits of the safe fixes that can be made together, in order of place. Where two fixes touch the same text the
 * first problem's is taken; the other one is for the next pass, after the text was checked again. Of a problem with
 * several safe fixes the first is taken; none that changes another file is. The answer depends on the order of `problems` only.
 */
export function safeEdits(problems: readonly Problem[]): TextEdit[] {
  /** In order of place; none overlaps another, so that only its neighbours can overlap a new one. */
  const chosen: TextEdit[] = [];
  for (const { fixes } of problems) {
    const fix = fixes.find((it) => it.kind === "safe" && !it.others);
    if (!fix) continue;
    if (fix.edits.some((edit) => neighboursOf(edit, chosen).some((it) => interfere(it, edit)))) continue;
    for (const edit of fix.edits) chosen.splice(placeOf(edit, chosen), 0, edit);
  }
  return chosen;
}

function neighboursOf(edit: TextEdit, chosen: readonly TextEdit[]): readonly TextEdit[] {
  const place = placeOf(edit, chosen);
  return chosen.slice(Math.max(0, place - 1), place + 1);
}

/** How many of the chosen edits begin in front of this one. Problems come in order of place, so mostly all of them do. */
function placeOf({ span }: TextEdit, chosen: readonly TextEdit[]): number {
  const last = chosen.at(-1);
  if (!last || last.span.start < span.start) return chosen.length;
  return firstWhere(chosen, (it) => it.span.start >= span.start);
}
