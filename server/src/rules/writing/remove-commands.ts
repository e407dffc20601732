import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { remove, type TextEdit } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import { holdsComment, removeLines } from "./lines.ts";

/**
 * Takes neighbouring commands out of a chain of `&&`; the whole RUN when nothing else is in it. Undefined where that is
 * no matter of taking text away, or would take a comment with it.
 */
export function removeCommands(
  commands: readonly Command[],
  script: Script,
  run: Instruction,
  stage: Stage,
): TextEdit | undefined {
  const { file } = stage.model;
  const [first] = commands;
  const last = commands.at(-1);
  if (!first || !last || !script.complete || run.hereDocuments.length > 0 || run.exec) return undefined;
  const at = script.commands.indexOf(first);
  const before = script.commands[at - 1];
  const after = script.commands[at + commands.length];
  const inside = commands.slice(1).map((it, index) => between(commands[index], it));
  const left = between(before, first);
  const right = between(last, after);
  if (inside.some((it) => it === undefined || !isAnd(it, stage))) return undefined;
  if (!before && !after) {
    const isAlone = first.span.start === run.rest.spanOf(0, 1).start && last.span.end === run.span.end;
    return isAlone && !holdsComment(file, run.span) ? removeLines(file, run) : undefined;
  }
  const isFirst = !before && right !== undefined && first.span.start === run.rest.spanOf(0, 1).start;
  const gap = isFirst && after ? right : left;
  if (!gap || !isAnd(gap, stage)) return undefined;
  // What follows must be joined to what goes in the same way.
  if (!isFirst && after && (!right || !isAnd(right, stage))) return undefined;
  const span = isFirst ? { start: first.span.start, end: gap.end } : { start: gap.start, end: last.span.end };
  return holdsComment(file, span) ? undefined : remove(span);
}

function between(left: Command | undefined, right: Command | undefined): Span | undefined {
  return left && right && { start: left.span.end, end: right.span.start };
}

/** Is there nothing but `&&` with its blanks and continuations? */
function isAnd({ start, end }: Span, stage: Stage): boolean {
  const { text, escape: continuation } = stage.model.file;
  const lines = text.slice(start, end).split("\n");
  const code = lines
    .filter((it, index) => index === 0 || !/^\s*#/.test(it))
    .map((it) => it.trim())
    .map((it) => (it.endsWith(continuation) ? it.slice(0, -1).trim() : it));
  return code.join("") === "&&";
}
