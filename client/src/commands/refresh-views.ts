import type { Command } from "./command.ts";

/** Loads the views anew, and looks for an engine when there was none. */
export const refreshViews: Command<object, { readonly outcome: "refreshed" }> = {
  id: "plimsoll.refreshViews",
  async run({ views }) {
    views.retry();
    return { outcome: "refreshed" };
  },
};
