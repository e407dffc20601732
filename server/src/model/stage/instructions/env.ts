import { type InstructionEffect, reasonOf } from "./instruction-effect.ts";

export const env: InstructionEffect = {
  name: "ENV",
  configure(instruction, { configuration, position, expand }) {
    for (const { name, value } of instruction.pairs) {
      if (!value) continue;
      // All values of one ENV see what held before it, not each other.
      const expanded = expand(value);
      configuration.setVariable(position, name.raw, {
        value: expanded,
        reason: reasonOf(instruction, `ENV sets ${name.raw}`),
      });
    }
  },
};
