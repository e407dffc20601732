import { known } from "../../known.ts";
import { type InstructionEffect, reasonOf } from "./instruction-effect.ts";

export const shell: InstructionEffect = {
  name: "SHELL",
  configure(instruction, { configuration, position }) {
    if (!instruction.exec) return;
    const words = instruction.exec.map((it) => it.raw);
    configuration.set(
      position,
      "shell",
      known(words, reasonOf(instruction, `SHELL sets ${words.join(" ")}`)),
    );
  },
};
