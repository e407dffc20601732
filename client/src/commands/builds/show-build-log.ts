import { l10n, window } from "vscode";
import type { Command } from "../command.ts";

/** Opens what a build wrote: the one that is named by its id, else the last. */
export const showBuildLog: Command<
  { readonly build?: string },
  { readonly outcome: "shown" | "nothing-built" }
> = {
  id: "plimsoll.showBuildLog",
  async run({ buildLogs }, { build }) {
    if (buildLogs.show(build)) return { outcome: "shown" };
    void window.showInformationMessage(l10n.t("Nothing has been built since this window was opened."));
    return { outcome: "nothing-built" };
  },
};
