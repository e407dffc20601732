import type { Comment, Dockerfile, Instruction } from "../../syntax/dockerfile/tree.ts";
import { insert, type TextEdit } from "../../text/edit.ts";
import { lineBreakIn } from "../../text/line-breaks.ts";
import { startOfLine } from "./lines.ts";

/**
 * A comment above the instruction, or one more name in the one that is there. Comments of other tools stay directly above
 * the instruction: hadolint's speaks of the next line only.
 */
export function ignoreAboveInstruction(file: Dockerfile, { startLine }: Instruction, rule: string): TextEdit {
  const above = commentsDirectlyAbove(file, startLine);
  const own = above.find((it) => /^plimsoll:?\s+ignore\s*=[\w,\s-]*$/i.test(it.text));
  if (own) return insert(own.span.end, `,${rule}`);
  const others = above.findIndex((it) => !/^(?:hadolint\s|check\s*=)/i.test(it.text));
  const line = startLine - (others < 0 ? above.length : others);
  return insert(startOfLine(file, line), `# plimsoll ignore=${rule}${lineBreakIn(file.text)}`);
}

/** The nearest first. */
function commentsDirectlyAbove({ comments, lines }: Dockerfile, line: number): readonly Comment[] {
  const byLine = new Map(comments.map((it) => [lines.lineAt(it.span.start), it]));
  const above: Comment[] = [];
  for (let at = line - 1; ; at--) {
    const comment = byLine.get(at);
    if (!comment) return above;
    above.push(comment);
  }
}
