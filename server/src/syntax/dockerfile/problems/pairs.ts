import type { Instruction } from "../tree.ts";
import { type Check, missingArguments } from "./report.ts";

export const checkAssignments: Check = (instruction, reports) => {
  const { name: keyword, pairs } = instruction;
  if (pairs.length === 0) missingArguments(instruction, reports);
  // The build ends at the first of them.
  let isRefused = false;
  for (const { name, value, legacy, span } of pairs) {
    if (value === undefined && legacy) {
      reports.refuse("missing-value", `${keyword} needs a value: \`${name.raw}=…\`.`, span);
    } else if (value === undefined) {
      if (!isRefused) reports.refuse("missing-equals", withoutEquals(name.raw, pairs), span);
      isRefused = true;
    } else if (name.raw === "") {
      reports.report("blank-name", `There is no name before the \`=\`.`, span);
    }
  }
};

function withoutEquals(word: string, pairs: Instruction["pairs"]): string {
  const at = pairs.findIndex((it) => it.name.raw === word && it.value === undefined);
  const before = pairs[at - 1]?.value?.raw ?? "";
  if (OPEN.test(before))
    return `\`${word}\` has no \`=\`: no shell reads this, so that the value ends at its first blank, \`${before}\`.`;
  return `\`${word}\` has no \`=\`; behind a first \`name=value\` all have to be of this form.`;
}

/** A command of the shell's of which the end is missing. */
const OPEN = /^"?[^"'`]*(\$\([^()]*|`[^`]*)$/;

export const checkDeclarations: Check = (instruction, reports) => {
  if (instruction.pairs.length === 0) missingArguments(instruction, reports);
  for (const { name, span } of instruction.pairs) {
    if (name.raw === "") reports.report("blank-name", "There is no name before the `=`.", span);
  }
};
