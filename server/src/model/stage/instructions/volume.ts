import { known, notKnown } from "../../known.ts";
import { resolvePath } from "../paths.ts";
import { type InstructionEffect, reasonOf } from "./instruction-effect.ts";

export const volume: InstructionEffect = {
  name: "VOLUME",
  configure(instruction, { configuration, position, before, expand }) {
    const from = before.workdir.known ? before.workdir.value : undefined;
    const paths = instruction.words.map((word) => {
      const text = expand(word);
      return text === undefined ? undefined : resolvePath(from ?? "/", text);
    });
    const reason = reasonOf(instruction, `VOLUME ${paths.join(" ")}`);
    const all = paths.filter((it) => it !== undefined);
    configuration.addVolumes(position, all.length < paths.length ? notKnown(reason) : known(all, reason));
  },
};
