import { l10n, ProgressLocation, window } from "vscode";
import type { ContainerSummary } from "../../engine/containers/container-types.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Command, Services } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";
import {
  type ContainerAnswers,
  eachContainer,
  isRunning,
  isStopped,
  pickContainers,
} from "./pick-containers.ts";

export type ContainersResult = { readonly outcome: "done"; readonly ids: readonly string[] } | NotDone;

interface Action {
  readonly id: string;
  readonly fits: (container: ContainerSummary) => boolean;
  readonly progress: (name: string) => string;
  readonly act: (services: Services, engine: Engine, container: ContainerSummary) => Promise<unknown>;
}

/** A command that does one thing to each of some containers, one after the other. */
function containerCommand({ id, fits, progress, act }: Action): Command<ContainerAnswers, ContainersResult> {
  return {
    id,
    run: (services, answers) =>
      withEngine<ContainersResult>(services, id, answers, async (engine) => {
        const containers = await pickContainers(engine, answers, fits);
        if (containers === undefined) return cancelled;
        try {
          const done = await eachContainer(containers, (it) =>
            window.withProgress({ location: ProgressLocation.Window, title: progress(it.name) }, async () =>
              act(services, engine, it),
            ),
          );
          return { outcome: "done", ids: done.map((it) => it.id) };
        } finally {
          services.views.refresh();
        }
      }),
  };
}

/** One of ours knows its terminal and what is to become of it. */
const ours = (services: Services, { id }: ContainerSummary) =>
  services.running.all.find((it) => it.container.id === id);

export const startContainer = containerCommand({
  id: "plimsoll.startContainer",
  fits: isStopped,
  progress: (name) => l10n.t("Starting {0}", name),
  act: (_, engine, { id }) => engine.containers.start(id),
});

export const stopContainer = containerCommand({
  id: "plimsoll.stopContainer",
  fits: isRunning,
  progress: (name) => l10n.t("Stopping {0}; it is killed after its grace time", name),
  act: (services, engine, it) => ours(services, it)?.stop() ?? engine.containers.stop(it.id),
});

export const restartContainer = containerCommand({
  id: "plimsoll.restartContainer",
  fits: () => true,
  progress: (name) => l10n.t("Restarting {0}", name),
  act: (services, engine, it) => ours(services, it)?.restart?.() ?? engine.containers.restart(it.id),
});
