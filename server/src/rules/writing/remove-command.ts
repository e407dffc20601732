import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { remove, type TextEdit } from "../../text/edit.ts";
import { isPlainStep } from "./plain-step.ts";

/**
 * Takes a command away together with the `&&` or `;` that joins it to the one before, or behind when it is the first.
 * Undefined where something else stands between them (a comment, a parenthesis), or nothing would be left.
 */
export function removeCommand(
  command: Command,
  { commands }: Script,
  run: Instruction,
  text: string,
): TextEdit | undefined {
  const at = commands.indexOf(command);
  const [before, next] = [commands[at - 1], commands[at + 1]];
  if (run.exec || !isPlainStep(command) || command.mayFail || (next && !isPlainStep(next))) return undefined;
  const isJoint = (start: number, end: number) => JOINT.test(text.slice(start, end));
  if (before)
    return isPlainStep(before) && isJoint(before.span.end, command.span.start)
      ? remove({ start: before.span.end, end: command.span.end })
      : undefined;
  return next && isJoint(command.span.end, next.span.start)
    ? remove({ start: command.span.start, end: next.span.start })
    : undefined;
}

/** One operator, or a line break of a here-document; blanks and continuations around it. */
const JOINT = /^[ \t]*(?:[\\`][ \t]*\r?\n[ \t]*)*(?:&&|;|\r?\n)[ \t]*(?:[\\`][ \t]*\r?\n[ \t]*)*$/;
