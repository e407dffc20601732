import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../../syntax/shell/script.ts";
import { readPackageCommand, SYSTEM_MANAGERS } from "../packages/package-commands.ts";

/**
 * Would anything behind this instruction notice another working directory? Until the next absolute WORKDIR: whatever
 * a RUN may start there, relative paths, what the container starts, and stages built on this one. Yes when in doubt.
 */
export function isDirectoryNeededBehind(instruction: Instruction, stage: Stage): boolean {
  return needs(stage).get(instruction) ?? true;
}

const needs = notedOnStage((stage): ReadonlyMap<Instruction, boolean> => {
  const behind = new Map<Instruction, boolean>();
  let isNeeded = isNeededAtEnd(stage);
  for (const it of stage.instructions.toReversed()) {
    behind.set(it, isNeeded);
    if (it.name === "WORKDIR") isNeeded = !isAbsolute(it.words[0]?.raw);
    else isNeeded ||= needsDirectory(it, stage);
  }
  return behind;
});

/** A container that starts in `/` was given no directory by anybody. */
function isNeededAtEnd(stage: Stage): boolean {
  const { instructions, model, result } = stage;
  if (model.stages.some(({ base }) => base.kind === "stage" && base.stage === stage)) return true;
  if (result.workdir.known && result.workdir.value === "/") return false;
  return instructions.some((it) => ["CMD", "ENTRYPOINT", "HEALTHCHECK"].includes(it.name));
}

function needsDirectory(instruction: Instruction, stage: Stage): boolean {
  switch (instruction.name) {
    case "RUN":
      return !isSameAnywhere(stage.scriptOf(instruction));
    case "COPY":
    case "ADD":
      return !isAbsolute(instruction.words.at(-1)?.raw);
    case "ONBUILD":
      return true;
    default:
      return false;
  }
}

/** Does a script certainly do the same wherever it is started? Not what it does when that is not known. */
export function isSameAnywhere(script: Script | undefined): boolean {
  const first = script?.commands[0];
  // It goes to a directory of its own.
  if (first?.name?.literal === "cd" && !first.subshell && isAbsolute(first.arguments[0]?.raw)) return true;
  return script?.commands.every(isAnywhereSame) ?? false;
}

/** System packages, and absolute paths. */
function isAnywhereSame(command: Command): boolean {
  const words = command.arguments;
  const isPlain = command.redirections.every((it) => isAbsolute(it.target?.raw));
  const packages = readPackageCommand(command);
  if (packages) return isPlain && SYSTEM_MANAGERS.has(packages.manager);
  const isOfFiles = FILE_PROGRAMS.has(command.name?.literal ?? "");
  return isPlain && isOfFiles && words.every((it) => it.raw.startsWith("-") || isAbsolute(it.raw));
}

const FILE_PROGRAMS: ReadonlySet<string> = new Set(["cp", "mkdir", "mv", "rm", "touch"]);

/** On Windows too; what a variable brings is not looked at. */
function isAbsolute(path = ""): boolean {
  return /^["']?([/\\]|[A-Za-z]:)/.test(path);
}
