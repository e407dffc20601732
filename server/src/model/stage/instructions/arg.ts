import { type InstructionEffect, reasonOf } from "./instruction-effect.ts";

export const arg: InstructionEffect = {
  name: "ARG",
  configure(instruction, { configuration, position, inputs, globals, expand }) {
    for (const { name, value } of instruction.pairs) {
      const given = Object.hasOwn(inputs.buildArguments, name.raw)
        ? inputs.buildArguments[name.raw]
        : undefined;
      const inherited = value ? undefined : globals.find(name.raw);
      configuration.setVariable(position, name.raw, {
        value: given ?? (value ? expand(value) : inherited?.value),
        reason: inherited?.reason ?? reasonOf(instruction, argReason(name.raw, given, value !== undefined)),
      });
    }
  },
};

function argReason(name: string, given: string | undefined, hasDefault: boolean): string {
  if (given !== undefined) return `the build argument ${name} is given`;
  return hasDefault ? `ARG ${name} has this default` : `ARG ${name} has no default`;
}
