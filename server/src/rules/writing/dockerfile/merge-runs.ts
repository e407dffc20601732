import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import { replace, type TextEdit } from "../../../text/edit.ts";
import { holdsComment, lineBreakOf } from "./lines.ts";

/**
 * Makes one RUN of two that stand next to each other. Undefined where that would not do the same: flags, here-documents, comments,
 * exec form, and a first script that changes what the second starts with.
 */
export function mergeRuns(first: Instruction, second: Instruction, stage: Stage): TextEdit | undefined {
  const { file } = stage.model;
  const isNext = stage.instructions[stage.instructions.indexOf(first) + 1] === second;
  const arePlain = [first, second].every(
    (it) => it.name === "RUN" && it.flags.length === 0 && !it.exec && it.hereDocuments.length === 0,
  );
  if (!isNext || !arePlain || holdsComment(file, { start: first.span.start, end: second.span.end }))
    return undefined;
  const [script, next] = [stage.scriptOf(first), stage.scriptOf(second)];
  if (!script?.complete || !next?.complete) return undefined;
  const changesShell = script.commands.some(
    (it) =>
      !it.name || it.background || CHANGING.test(it.name.literal ?? "") || it.name.literal === undefined,
  );
  // `a || b` behind a failed first script would run `b`.
  if (
    changesShell ||
    next.commands.some((it) => it.after !== "first" && it.after !== "&&" && it.after !== "|")
  )
    return undefined;
  const start = second.words[0]?.span.start;
  if (start === undefined) return undefined;
  const newText = ` && ${file.escape}${lineBreakOf(file)}    `;
  return replace({ start: first.span.end, end: start }, newText);
}

const CHANGING = /^(cd|pushd|popd|export|set|shopt|umask|unset|exit|exec|trap|alias|\.|source|return)$/;
