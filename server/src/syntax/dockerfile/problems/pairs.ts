import { type Check, missingArguments } from "./report.ts";

export const checkAssignments: Check = (instruction, reports) => {
  const { name: keyword, pairs } = instruction;
  if (pairs.length === 0) missingArguments(instruction, reports);
  for (const { name, value, legacy, span } of pairs) {
    if (value === undefined && legacy) {
      reports.refuse("missing-value", `${keyword} needs a value: \`${name.raw}=…\`.`, span);
    } else if (value === undefined) {
      const message = `\`${name.raw}\` has no \`=\`; behind a first \`name=value\` all have to be of this form.`;
      reports.refuse("missing-equals", message, span);
    } else if (name.raw === "") {
      reports.report("blank-name", `There is no name before the \`=\`.`, span);
    }
  }
};

export const checkDeclarations: Check = (instruction, reports) => {
  if (instruction.pairs.length === 0) missingArguments(instruction, reports);
  for (const { name, span } of instruction.pairs) {
    if (name.raw === "") reports.report("blank-name", "There is no name before the `=`.", span);
  }
};
