import { known } from "../../known.ts";
import { commandSetting } from "../configuration/configuration.ts";
import { type InstructionEffect, reasonOf } from "./instruction-effect.ts";

export const healthcheck: InstructionEffect = {
  name: "HEALTHCHECK",
  configure(instruction, { configuration, position }) {
    const { inner } = instruction;
    const command =
      inner && commandSetting(instruction, inner.exec ? "exec" : "shell", inner.exec ?? inner.words);
    const message = command ? "HEALTHCHECK sets a command" : "HEALTHCHECK NONE takes the check away";
    configuration.set(position, "healthcheck", known({ command }, reasonOf(instruction, message)));
  },
};
