import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../../syntax/shell/script.ts";
import { remove, type TextEdit } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";
import { holdsComment, removeLines } from "../dockerfile/lines.ts";
import { isPlainStep } from "./plain-step.ts";

/**
 * Takes neighbouring commands out of a script, with the `&&`, `;` or line break that joins them to the others; the whole
 * RUN when nothing else is in it. Undefined where something else stands between them (an `||`, a parenthesis), or a
 * comment would go too.
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
  if (!first || !last || !script.complete || run.exec) return undefined;
  const at = script.commands.indexOf(first);
  const before = script.commands[at - 1];
  const after = script.commands[at + commands.length];
  if (
    commands.some((it) => it.mayFail) ||
    ![before, ...commands, after].every((it) => !it || isPlainStep(it))
  )
    return undefined;
  if (commands.slice(1).some((it, index) => !jointOf(commands[index], it, stage))) return undefined;
  if (!before && !after) {
    const isAlone = first.span.start === run.rest.spanOf(0, 1).start && last.span.end === run.span.end;
    return isAlone && !holdsComment(file, run.span) ? removeLines(file, run) : undefined;
  }

  const left = jointOf(before, first, stage);
  const right = jointOf(last, after, stage);
  if ((before && !left) || (after && !right)) return undefined;
  // `a; b && c` and `a && b; c` are both `a; c` then.
  const takesRight = !left || (left.operator === ";" && right?.operator === "&&");
  const span =
    takesRight && right
      ? { start: first.span.start, end: right.span.end }
      : { start: left?.span.start ?? first.span.start, end: last.span.end };
  return holdsComment(file, span) || /^[ \t]*#/m.test(file.text.slice(span.start, span.end))
    ? undefined
    : remove(span);
}

/** What joins two commands, a line break of a here-document like `;`. */
interface Joint {
  readonly operator: "&&" | ";";
  readonly span: Span;
}

/** Undefined where there is more between them than the operator with blanks, continuations and comment lines. */
function jointOf(left: Command | undefined, right: Command | undefined, stage: Stage): Joint | undefined {
  if (!left || !right) return undefined;
  const span = { start: left.span.end, end: right.span.start };
  const { text, escape: continuation } = stage.model.file;
  const lines = text.slice(span.start, span.end).split("\n");
  const code = lines
    .filter((it, index) => index === 0 || !/^\s*#/.test(it))
    .map((it) => it.trim())
    .map((it) => (it.endsWith(continuation) ? it.slice(0, -1).trim() : it))
    .join("");
  if (code === "&&") return { operator: "&&", span };
  return code === ";" || (code === "" && lines.length > 1) ? { operator: ";", span } : undefined;
}
