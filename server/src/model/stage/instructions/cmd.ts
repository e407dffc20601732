import { known } from "../../known.ts";
import { commandSetting } from "../configuration/configuration.ts";
import { type InstructionEffect, reasonOf } from "./instruction-effect.ts";

export const cmd: InstructionEffect = {
  name: "CMD",
  configure(instruction, { configuration, position }) {
    const { exec, words } = instruction;
    const setting = commandSetting(instruction, exec ? "exec" : "shell", exec ?? words);
    configuration.set(position, "command", known(setting, reasonOf(instruction, "CMD sets the command")));
    configuration.hasOwnCommand = true;
  },
};
