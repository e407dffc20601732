import { type InstructionEffect, reasonOf } from "./instruction-effect.ts";

/** `ARG A=1 B=$A` makes B 1; in ENV, the values of one instruction do not see each other (tried with Docker 28.5, 2026-11). */
export const arg: InstructionEffect = {
  name: "ARG",
  configure(instruction, { configuration, position, inputs, globals, expandSoFar }) {
    for (const { name, value } of instruction.pairs) {
      const isGiven = Object.hasOwn(inputs.buildArguments, name.raw);
      const inherited = value ? undefined : globals.find(name.raw);
      configuration.setVariable(position, name.raw, {
        value: isGiven ? inputs.buildArguments[name.raw] : value ? expandSoFar(value) : inherited?.value,
        reason: inherited?.reason ?? reasonOf(instruction, argReason(name.raw, isGiven, value !== undefined)),
      });
    }
  },
};

function argReason(name: string, isGiven: boolean, hasDefault: boolean): string {
  if (isGiven) return `the build argument ${name} is given`;
  return hasDefault ? `ARG ${name} has this default` : `ARG ${name} has no default`;
}
