import { known, notKnown } from "../../known.ts";
import { type InstructionEffect, reasonOf } from "./instruction-effect.ts";

export const stopsignal: InstructionEffect = {
  name: "STOPSIGNAL",
  configure(instruction, { configuration, position, expand }) {
    const [word] = instruction.words;
    const signal = word && expand(word);
    const setting =
      signal === undefined
        ? notKnown<string | undefined>(
            reasonOf(instruction, "STOPSIGNAL depends on a value that is not known"),
          )
        : known<string | undefined>(signal, reasonOf(instruction, `STOPSIGNAL sets ${signal}`));
    configuration.set(position, "stopSignal", setting);
  },
};
