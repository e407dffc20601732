import { commands, l10n, window, workspace } from "vscode";
import { openInBrowser } from "../../editor/containers/container-url.ts";
import type { Command } from "../command.ts";
import { cancelled, type NotDone, tellUntrusted } from "../with-engine.ts";
import { pickRunning, type RunningAnswers } from "./pick-running.ts";

/** What can be done with an image that runs: the menu behind its item in the status bar. */
export const runningImage: Command<RunningAnswers, { readonly outcome: "shown" } | NotDone> = {
  id: "plimsoll.runningImage",
  async run(services, answers) {
    if (!workspace.isTrusted) return tellUntrusted();
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
        label: `$(output) ${running.restart ? l10n.t("Show Logs") : l10n.t("Show Terminal")}`,
        description: "",
        act: async () => running.showTerminal(),
      },
      {
        label: `$(terminal) ${l10n.t("Open Shell")}`,
        description: "",
        act: async () =>
          void (await commands.executeCommand("plimsoll.openShell", { id: running.container.id })),
      },
      ...(running.restart === undefined
        ? []
        : [
            {
              label: `$(debug-restart) ${l10n.t("Restart")}`,
              description: "",
              act: async () =>
                void (await commands.executeCommand("plimsoll.restartContainer", {
                  id: running.container.id,
                })),
            },
          ]),
      {
        label: `$(debug-stop) ${l10n.t("Stop")}`,
        description: "",
        act: async () =>
          void (await commands.executeCommand("plimsoll.stopImage", { id: running.container.id })),
      },
    ];
    const picked = await window.showQuickPick(choices, { title: running.image });
    if (picked === undefined) return cancelled;
    await picked.act();
    return { outcome: "shown" };
  },
};
