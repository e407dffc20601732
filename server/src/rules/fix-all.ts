import { overlap, type TextEdit } from "../text/edit.ts";
import type { Problem } from "./rule.ts";

/**
 * The edits of the safe fixes that can be made together, in order of place. Where two fixes touch the same text the
 * first problem's is taken; the other one is for the next pass, after the text was checked again. Of a problem with
 * several safe fixes the first is taken. The answer depends on the order of `problems` only.
 */
export function safeEdits(problems: readonly Problem[]): TextEdit[] {
  const chosen: TextEdit[] = [];
  for (const { fixes } of problems) {
    const fix = fixes.find((it) => it.kind === "safe");
    if (!fix) continue;
    if (fix.edits.some((edit) => chosen.some((it) => overlap(it, edit)))) continue;
    chosen.push(...fix.edits);
  }
  return chosen.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
