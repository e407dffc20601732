import { l10n, window } from "vscode";
import { openInBrowser as browse } from "../../editor/containers/container-url.ts";
import { urlOf } from "../../editor/containers/port-url.ts";
import type { Command } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";
import { type ContainerAnswers, isRunning, pickContainers } from "./pick-containers.ts";

export type BrowseResult =
  | { readonly outcome: "opened"; readonly url: string }
  | { readonly outcome: "no-port" }
  | NotDone;

/** Opens the first published port of a container. */
export const openInBrowser: Command<ContainerAnswers, BrowseResult> = {
  id: "plimsoll.openInBrowser",
  run: (services, answers) =>
    withEngine<BrowseResult>(services, openInBrowser.id, answers, async (engine) => {
      const published = await pickContainers(
        engine,
        answers,
        (it) => isRunning(it) && urlOf(it.ports) !== undefined,
      );
      const [container] = published ?? [];
      if (container === undefined) return cancelled;
      const url = urlOf(container.ports);
      if (url === undefined) {
        void window.showInformationMessage(
          l10n.t("{0} publishes no port. Run its image again and name one under “Ports”.", container.name),
        );
        return { outcome: "no-port" };
      }
      await browse(url);
      return { outcome: "opened", url };
    }),
};
