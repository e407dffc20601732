import type { Span } from "../../../text/span.ts";
import type { InstructionNode } from "../instruction.ts";
import type { Instruction } from "../tree.ts";

export type Report = (code: string, message: string, span: Span, suggestion?: string) => void;

/** Where a check puts what it finds. */
export interface Reports {
  /** What the parser refuses wherever it stands. */
  readonly refuse: Report;
  /** What is refused when the instruction is carried out. */
  readonly report: Report;
  /** What is refused only in the build that the instruction behind ONBUILD is carried out in. */
  readonly later?: Report;
}

export type Check = (instruction: InstructionNode, reports: Reports, escapeCharacter: string) => void;

/** Everything behind the flags, or the keyword when there is nothing. */
export function argumentsSpan(instruction: Instruction): Span {
  const { rest } = instruction;
  return rest.text === "" ? instruction.keyword : rest.spanOf(0, rest.text.length);
}

/** Reports an instruction that stands alone. */
export function missingArguments(instruction: Instruction, { report }: Reports): void {
  report("missing-arguments", `${instruction.name} needs at least one argument.`, instruction.keyword);
}
