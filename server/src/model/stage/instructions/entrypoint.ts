import { known } from "../../known.ts";
import { commandSetting } from "../configuration/configuration.ts";
import { type InstructionEffect, reasonOf } from "./instruction-effect.ts";

export const entrypoint: InstructionEffect = {
  name: "ENTRYPOINT",
  configure(instruction, { configuration, position }) {
    const { exec, words } = instruction;
    const setting = commandSetting(instruction, exec ? "exec" : "shell", exec ?? words);
    configuration.set(
      position,
      "entrypoint",
      known(setting, reasonOf(instruction, "ENTRYPOINT sets the entrypoint")),
    );
    // A CMD of the base was meant for the base's entrypoint (Dockerfile reference, "Understand how CMD and ENTRYPOINT interact").
    if (!configuration.hasOwnCommand)
      configuration.set(
        position,
        "command",
        known(undefined, reasonOf(instruction, "ENTRYPOINT takes the base's CMD away")),
      );
  },
};
