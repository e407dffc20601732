import { l10n, window } from "vscode";
import type { ContainerSummary } from "../engine/container-types.ts";
import type { Engine } from "../engine/engine.ts";

export interface ContainerAnswers {
  /** An id or a name; the user picks when absent. */
  readonly id?: string;
  /** Several at once, as selected in the view. */
  readonly ids?: readonly string[];
}

/**
 * The containers that a command means, of those for which `fits`; undefined when there is none, or the user picked none.
 * Ids that were handed in are taken as they are, and whether they fit is the engine's to say.
 */
export async function pickContainers(
  engine: Engine,
  { id, ids }: ContainerAnswers,
  fits: (container: ContainerSummary) => boolean = () => true,
): Promise<readonly ContainerSummary[] | undefined> {
  const all = await engine.containers.list();
  const asked = ids ?? (id === undefined ? undefined : [id]);
  if (asked !== undefined) {
    const found = asked.flatMap((it) => all.filter(({ id, name }) => id === it || name === it));
    if (found.length > 0) return found;
    void window.showInformationMessage(l10n.t("That container is gone."));
    return undefined;
  }
  const fitting = all.filter(fits);
  if (fitting.length === 0) {
    void window.showInformationMessage(l10n.t("There is no such container."));
    return undefined;
  }
  const items = fitting.map((container) => ({
    label: container.name,
    description: `${container.image} · ${container.status}`,
    container,
  }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t("Which container?"),
    matchOnDescription: true,
  });
  return picked && [picked.container];
}

export const isRunning = (container: ContainerSummary): boolean => container.health !== "stopped";
export const isStopped = (container: ContainerSummary): boolean => container.health === "stopped";
