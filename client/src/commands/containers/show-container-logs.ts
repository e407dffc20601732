import { l10n, window } from "vscode";
import { logTerminal } from "../../editor/containers/container-terminal.ts";
import type { ContainerSummary } from "../../engine/containers/container-types.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Command } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";
import { type ContainerAnswers, pickContainers } from "./pick-containers.ts";

export type LogsResult = { readonly outcome: "shown"; readonly ids: readonly string[] } | NotDone;

/** Lines of what it wrote before; a log of weeks would take minutes. */
const lastLines = 5_000;

/** Shows what a container wrote and writes, in a terminal; closing it leaves the container alone. */
export const showContainerLogs: Command<ContainerAnswers, LogsResult> = {
  id: "plimsoll.showContainerLogs",
  run: (services, answers) =>
    withEngine<LogsResult>(services, showContainerLogs.id, answers, async (engine) => {
      const containers = await pickContainers(engine, answers);
      if (containers === undefined) return cancelled;
      for (const container of containers) {
        const ours = services.running.all.find((it) => it.container.id === container.id);
        if (ours) ours.showTerminal();
        else showLogs(engine, container);
      }
      return { outcome: "shown", ids: containers.map((it) => it.id) };
    }),
};

function showLogs({ containers }: Engine, { id, name, image }: ContainerSummary): void {
  const pty = logTerminal({
    greeting: l10n.t("Output of {0} ({1}), its last {2} lines. Ctrl+C closes.", name, image, lastLines),
    output: (signal) => containers.logs(id, { follow: true, tail: lastLines }, signal),
    end: async () => (await containers.state(id)).exitCode,
  });
  window.createTerminal({ name: l10n.t("{0} (logs)", name), pty }).show();
}
