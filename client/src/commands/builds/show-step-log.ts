import { l10n, window } from "vscode";
import type { BuildRow } from "../../editor/builds/builds-view.ts";
import { showStepLog } from "../../editor/builds/step-logs.ts";
import type { Command } from "../command.ts";

/** Opens what one step of a build wrote. It grows while the step runs. */
export const showLogOfStep: Command<BuildRow, { readonly outcome: "shown" | "unknown" }> = {
  id: "plimsoll.showStepLog",
  async run({ builds }, { build, step }) {
    if (await showStepLog(builds, build, step ?? "")) return { outcome: "shown" };
    void window.showInformationMessage(l10n.t("This build is no longer on the list."));
    return { outcome: "unknown" };
  },
};
