import type { Command } from "./command.ts";

/** Opens what the last build wrote. */
export const showBuildLog: Command<object, { readonly outcome: "shown" }> = {
  id: "plimsoll.showBuildLog",
  async run({ buildLog }) {
    buildLog.show();
    return { outcome: "shown" };
  },
};
