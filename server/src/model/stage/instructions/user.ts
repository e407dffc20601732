import { known, notKnown } from "../../known.ts";
import { userSetting } from "../configuration/user-setting.ts";
import { type InstructionEffect, reasonOf } from "./instruction-effect.ts";

export const user: InstructionEffect = {
  name: "USER",
  configure(instruction, { configuration, position, expand }) {
    const [word] = instruction.words;
    const text = word && expand(word);
    const setting =
      text === undefined
        ? notKnown<ReturnType<typeof userSetting>>(
            reasonOf(instruction, "USER depends on a value that is not known"),
          )
        : known(
            userSetting(text, instruction),
            reasonOf(instruction, text === "" ? "USER sets no user at all" : `USER sets ${text}`),
          );
    configuration.set(position, "user", setting);
  },
};
