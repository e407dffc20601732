import { l10n, window } from "vscode";
import type { RunningImage } from "../../editor/containers/running-images.ts";
import type { Services } from "../command.ts";

export interface RunningAnswers {
  /** Of the container; the only one that runs, or the one the user picks, when absent. */
  readonly id?: string;
}

/** The running image that a command means; undefined when there is none, or the user picked none. */
export async function pickRunning(
  { running }: Services,
  id: string | undefined,
): Promise<RunningImage | undefined> {
  const { all } = running;
  if (id !== undefined) return all.find((it) => it.container.id === id);
  if (all.length === 0) {
    void window.showInformationMessage(l10n.t("No image runs that was started from here."));
    return undefined;
  }
  if (all.length === 1) return all[0];
  const items = all.map((it) => ({ label: it.image, description: it.container.name, running: it }));
  return (await window.showQuickPick(items, { title: l10n.t("Which one?") }))?.running;
}
