import { l10n, window } from "vscode";
import { openInBrowser, type RunningImage } from "../editor/running-images.ts";
import type { Command, Services } from "./command.ts";
import { cancelled, type NotDone } from "./with-engine.ts";

export interface RunningAnswers {
  /** Of the container; the only one that runs, or the one the user picks, when absent. */
  readonly id?: string;
}

/** What can be done with an image that runs: the menu behind its item in the status bar. */
export const runningImage: Command<RunningAnswers, { readonly outcome: "shown" } | NotDone> = {
  id: "plimsoll.runningImage",
  async run(services, answers) {
    const running = await pickRunning(services, answers.id);
    if (running === undefined) return cancelled;
    const { url } = running;
    const choices = [
      ...(url === undefined
        ? []
        : [
            {
              label: `$(globe) ${l10n.t("Open in Browser")}`,
              description: url,
              act: () => openInBrowser(url),
            },
          ]),
      {
        label: `$(terminal) ${l10n.t("Show Logs")}`,
        description: "",
        act: async () => running.showTerminal(),
      },
      {
        label: `$(debug-stop) ${l10n.t("Stop")}`,
        description: "",
        act: async () => void (await running.stop()),
      },
    ];
    const picked = await window.showQuickPick(choices, { title: running.image });
    if (picked === undefined) return cancelled;
    await picked.act();
    return { outcome: "shown" };
  },
};

export type StopResult = { readonly outcome: "stopped"; readonly exitCode: number | undefined } | NotDone;

/** Stops a running image and removes its container. */
export const stopImage: Command<RunningAnswers, StopResult> = {
  id: "plimsoll.stopImage",
  async run(services, answers) {
    const running = await pickRunning(services, answers.id);
    if (running === undefined) return cancelled;
    return { outcome: "stopped", exitCode: await running.stop() };
  },
};

async function pickRunning({ running }: Services, id: string | undefined): Promise<RunningImage | undefined> {
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
