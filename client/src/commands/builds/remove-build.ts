import type { BuildRow } from "../../editor/builds/builds-view.ts";
import type { Command } from "../command.ts";

interface Removed {
  readonly outcome: "removed";
}

/** Takes a build that is over off the list. Its image stays. */
export const removeBuild: Command<BuildRow, Removed> = {
  id: "plimsoll.removeBuild",
  async run({ builds }, { build }) {
    builds.remove(build);
    return { outcome: "removed" };
  },
};

/** Takes all builds that are over off the list. Their images stay. */
export const removeBuilds: Command<object, Removed> = {
  id: "plimsoll.removeBuilds",
  async run({ builds }) {
    builds.remove();
    return { outcome: "removed" };
  },
};
