import { l10n, window } from "vscode";
import { formatDuration } from "../../shared/figures.ts";
import type { BuildWriter } from "../builds/build-logs.ts";
import type { BuildTally } from "../builds/build-progress.ts";

/** An image that went to a registry and is not in the engine. */
export type Pushed = BuildTally & { readonly outcome: "pushed"; readonly tag: string };

/** `isQuiet`: somebody else tells the user. */
export function showPushed(log: BuildWriter, tag: string, tally: BuildTally, isQuiet: boolean): Pushed {
  const message = l10n.t("Built and pushed {0} in {1}.", tag, formatDuration(tally.milliseconds));
  log.line(`${message} ${tally.imageId}`);
  if (!isQuiet) void window.showInformationMessage(message);
  return { outcome: "pushed", tag, ...tally };
}
