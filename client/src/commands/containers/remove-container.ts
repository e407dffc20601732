import { l10n, window } from "vscode";
import type { ContainerSummary } from "../../engine/containers/container-types.ts";
import type { Command } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";
import { type ContainerAnswers, eachContainer, pickContainers } from "./pick-containers.ts";

export interface RemoveContainerAnswers extends ContainerAnswers {
  /** Without a question; those that run are stopped first. */
  readonly confirmed?: boolean;
}

export type RemoveContainerResult =
  | { readonly outcome: "removed"; readonly names: readonly string[] }
  | NotDone;

/** Removes containers, after a question that says what goes with them. */
export const removeContainer: Command<RemoveContainerAnswers, RemoveContainerResult> = {
  id: "plimsoll.removeContainer",
  run: (services, answers) =>
    withEngine<RemoveContainerResult>(services, removeContainer.id, answers, async (engine) => {
      const containers = await pickContainers(engine, answers);
      if (containers === undefined) return cancelled;
      if (answers.confirmed !== true && !(await confirm(containers))) return cancelled;
      try {
        const gone = await eachContainer(containers, async (it) => {
          const ours = services.running.all.find(({ container }) => container.id === it.id);
          await ours?.stop();
          if (it.health !== "stopped" && !ours) await engine.containers.stop(it.id);
          await engine.containers.remove(it.id);
        });
        return { outcome: "removed", names: gone.map((it) => it.name) };
      } finally {
        services.views.refresh();
      }
    }),
};

async function confirm(containers: readonly ContainerSummary[]): Promise<boolean> {
  const running = containers.filter((it) => it.health !== "stopped").map((it) => it.name);
  const [first] = containers;
  const question =
    containers.length === 1
      ? l10n.t("Remove the container {0}?", first?.name ?? "")
      : l10n.t("Remove {0} containers?", containers.length);
  const detail = [
    containers.length > 1 ? containers.map((it) => it.name).join(", ") : "",
    running.length > 0 ? l10n.t("It is stopped first, and what it does ends: {0}.", running.join(", ")) : "",
    l10n.t(
      "What was written in it and its volumes without a name go too. Its image and volumes with a name stay.",
    ),
  ].filter(Boolean);
  const remove = l10n.t("Remove");
  return (
    (await window.showWarningMessage(question, { modal: true, detail: detail.join("\n") }, remove)) === remove
  );
}
