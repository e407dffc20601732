import { commands, l10n, window } from "vscode";
import { serviceState } from "../../compose/service-state.ts";
import type { ComposeProject } from "../../editor/compose/compose-project.ts";
import { withLateProgress } from "../../editor/late-progress.ts";
import type { ComposeContainer } from "../../engine/containers/compose-state.ts";
import type { Engine } from "../../engine/engine.ts";
import type { NoContainer } from "./with-compose.ts";

/** Says so, and offers to start it, when a service has no running container that something could be run in; else undefined. */
export async function unlessItRuns(
  engine: Engine,
  project: ComposeProject,
  service: string,
): Promise<NoContainer | undefined> {
  const containers = await containersOfProject(engine, project);
  return containers === undefined || serviceState(service, containers).running > 0
    ? undefined
    : noContainer(
        l10n.t("{0} of {1} does not run, so nothing can be run in it.", service, project.label),
        project,
        [service],
      );
}

/** Says so, and offers to start them, when none of these services has a container that could have written something; else undefined. */
export async function unlessOneIsThere(
  engine: Engine,
  project: ComposeProject,
  services: readonly string[],
): Promise<NoContainer | undefined> {
  const containers = await containersOfProject(engine, project);
  const isThere = containers?.some((it) => services.length === 0 || services.includes(it.service));
  return isThere !== false
    ? undefined
    : noContainer(
        l10n.t(
          "{0} has no container yet, so nothing was written.",
          services.length === 0 ? project.label : `${project.label} (${services.join(", ")})`,
        ),
        project,
        services,
      );
}

/** As Compose finds them, by the project's name alone; undefined where only Compose knows that. */
async function containersOfProject(
  engine: Engine,
  { identity: { name } }: ComposeProject,
): Promise<readonly ComposeContainer[] | undefined> {
  if (name === undefined) return undefined;
  const all = await withLateProgress(l10n.t("Looking at the containers"), (signal) =>
    engine.compose.containers(signal),
  );
  return all.filter((it) => it.project === name && !it.oneOff);
}

function noContainer(message: string, { file }: ComposeProject, services: readonly string[]): NoContainer {
  const up = l10n.t("Up");
  void window.showWarningMessage(message, up).then((answer) => {
    if (answer === up) return commands.executeCommand("plimsoll.composeUp", { file: file.fsPath, services });
    return undefined;
  });
  return { outcome: "no-container", message };
}
