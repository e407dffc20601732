import { expandedValue, UNKNOWN } from "../../syntax/dockerfile/expand.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import type { Stage } from "./stage.ts";

/** What BuildKit makes of a word of this instruction: variables, quotes and escapes resolved. Undefined when one is not known. */
export function wordValue(word: Word, instruction: Instruction, stage: Stage): string | undefined {
  if (!/[$'"\\`]/.test(word.raw)) return word.raw;
  const before = stage.before(instruction);
  const lookup = (name: string) => {
    const variable = before.variable(name);
    return variable.known ? variable.value : UNKNOWN;
  };
  return expandedValue(word.raw, lookup, stage.model.file.escape);
}
