import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../../syntax/shell/script.ts";
import { insert, type TextEdit } from "../../../text/edit.ts";
import { stopsOnFailure } from "../../knowledge/stages/build-failure.ts";
import { lineBreakOf } from "../dockerfile/lines.ts";
import { isPlainStep } from "./plain-step.ts";

/**
 * Runs `text` after one command of a script, and only if that command succeeded; the status of the script stays what
 * it was when one of its commands fails. Undefined where that cannot be had by inserting text: in a pipe, a
 * condition, a subshell, or in front of `||`.
 */
export function appendCommand(
  text: string,
  command: Command,
  script: Script,
  run: Instruction,
  stage: Stage,
): TextEdit | undefined {
  const at = script.commands.indexOf(command);
  const next = script.commands[at + 1];
  if (!isPlainStep(command) || (next && !isPlainStep(next))) return undefined;

  // Under `set -e` a command on the left of `&&` may fail unseen, so `;` has to stand there unless a chain goes on. At the end of
  // the script it is the other way round: that a chain failed is seen only while nothing stands behind it.
  const isChained = next ? next.after === "&&" : command.after === "&&";
  const separator = stopsOnFailure(script, run, stage) && !isChained ? ";" : " &&";
  return insert(command.span.end, joined(separator, text, command, run, stage));
}

/** In the script's own manner: on the same line, or on a line of its own with `&&` at its start or at the end before. */
function joined(separator: string, text: string, command: Command, run: Instruction, stage: Stage): string {
  const { file } = stage.model;
  const line = file.lines.lineAt(command.span.start);
  const lead = file.text.slice(file.lines.startOf(line), command.span.start);
  if (line === run.startLine || run.hereDocuments.length > 0 || !/^\s*(&&)?\s*$/.test(lead))
    return `${separator} ${text}`;
  const continuation = ` ${file.escape}${lineBreakOf(file)}`;
  if (lead.includes("&&") && separator === " &&") return continuation + lead + text;
  return separator + continuation + lead.replace("&&", "  ") + text;
}

/**
 * Runs `text` before one command of a script, and that command only if it succeeded. Undefined where the command does
 * not stand by itself.
 */
export function prependCommand(
  text: string,
  command: Command,
  script: Script,
  run: Instruction,
  stage: Stage,
): TextEdit | undefined {
  // The first one of a pipe may fail as every one in a pipe may.
  const isPiped = script.commands[script.commands.indexOf(command) + 1]?.after === "|";
  const { conditional, background, after } = command;
  const isStep = isPlainStep({ conditional, background, after, subshell: command.subshell && !isPiped });
  if (run.exec || !isStep || (command.mayFail && !isPiped)) return undefined;
  const isChained = command.after === "&&" || !stopsOnFailure(script, run, stage);
  return insert(command.span.start, `${text}${isChained ? " &&" : ";"} `);
}
