import type { BuildRow } from "../../editor/builds/builds-view.ts";
import type { Command } from "../command.ts";

/** Stops a build that runs; the engine ends its work. */
export const cancelBuild: Command<BuildRow, { readonly outcome: "asked" }> = {
  id: "plimsoll.cancelBuild",
  async run({ builds }, { build }) {
    builds.cancel(build);
    return { outcome: "asked" };
  },
};
