import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";

/** Does something say that the program holds C on purpose? Then it would no longer compile. */
export function usesC(command: Command, builder: Stage): boolean {
  return (
    command.arguments.some((it) => SAYS_C.test(it.raw)) ||
    command.assignments.some((it) => SAYS_C.test(it.name)) ||
    preparesC(builder)
  );
}

const SAYS_C = /^CGO_|-linkmode|-extld|^-race$|^-msan$|^-asan$/;

const preparesC = notedOnStage((stage): boolean => stage.instructions.some((it) => isForC(it, stage)));

/** Does an instruction set what cgo reads, or install a compiler or headers? */
function isForC(instruction: Instruction, stage: Stage): boolean {
  if (instruction.name === "ENV" || instruction.name === "ARG")
    return instruction.pairs.some((pair) => SAYS_C.test(pair.name.raw));
  return (stage.scriptOf(instruction)?.commands ?? []).some((command) =>
    command.arguments.some((word) =>
      /^(gcc|g\+\+|build-base|musl-dev|build-essential)$|-dev(el)?$/.test(word.literal ?? ""),
    ),
  );
}

/** Is this a `go build` or `go install`? */
export function isGoBuild({ name, arguments: [verb] }: Command): boolean {
  return name?.literal === "go" && (verb?.literal === "build" || verb?.literal === "install");
}
