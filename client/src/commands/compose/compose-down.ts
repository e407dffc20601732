import { l10n, window } from "vscode";
import type { ComposeProject } from "../../editor/compose/compose-project.ts";
import { withLateProgress } from "../../editor/late-progress.ts";
import type { ComposeVolume } from "../../engine/containers/compose-state.ts";
import type { Engine } from "../../engine/engine.ts";
import { formatBytes } from "../../shared/figures.ts";
import type { Command } from "../command.ts";
import { cancelled } from "../with-engine.ts";
import { type ComposeAnswers, type ComposeResult, withCompose } from "./with-compose.ts";

export interface DownAnswers extends ComposeAnswers {
  /** Removes the project's volumes as well, and asks before. */
  readonly volumes?: boolean;
  /** With true it does not ask. */
  readonly confirmed?: boolean;
}

/** Stops and removes the containers and networks of a project. An `up` makes them again; what is in volumes it cannot, so that asks first. */
export const composeDown: Command<DownAnswers, ComposeResult> = {
  id: "plimsoll.composeDown",
  run: (services, answers) =>
    withCompose(services, composeDown.id, answers, async ({ engine, project, run }) => {
      const volumes = answers.volumes ?? false;
      if (volumes && answers.confirmed !== true && !(await confirm(engine, project))) return cancelled;
      return run({ kind: "down", volumes });
    }),
};

async function confirm(engine: Engine, project: ComposeProject): Promise<boolean> {
  const { name } = project.identity;
  const volumes =
    name === undefined
      ? undefined
      : await withLateProgress(l10n.t("Looking at volumes"), (signal) =>
          engine.compose.volumes(name, signal),
        );
  const remove = l10n.t("Remove");
  const answer = await window.showWarningMessage(
    l10n.t("Remove the containers of {0} and all that is in its volumes?", project.label),
    { modal: true, detail: detailOf(volumes) },
    remove,
  );
  return answer === remove;
}

function detailOf(volumes: readonly ComposeVolume[] | undefined): string {
  const anonymous = l10n.t(
    "Volumes without a name that its containers use go as well. This cannot be undone.",
  );
  if (volumes === undefined) return anonymous;
  const lines = volumes.map(({ name, bytes }) =>
    bytes === undefined ? name : `${name}: ${formatBytes(bytes)}`,
  );
  return [...(lines.length > 0 ? lines : [l10n.t("It has no named volume now.")]), "", anonymous].join("\n");
}
