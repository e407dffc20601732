import { l10n, window } from "vscode";
import type { ContainerSummary } from "../../engine/containers/container-types.ts";
import type { Engine } from "../../engine/engine.ts";
import { failureOf } from "../../engine-access.ts";

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

/**
 * Acts on one container after the other, and goes on behind one that the engine refuses: what it said is shown at the end. Of a single one
 * it is thrown. Resolves to those that it was done to.
 */
export async function eachContainer(
  containers: readonly ContainerSummary[],
  act: (container: ContainerSummary) => PromiseLike<unknown>,
): Promise<readonly ContainerSummary[]> {
  const done: ContainerSummary[] = [];
  const problems: string[] = [];
  for (const it of containers) {
    try {
      await act(it);
      done.push(it);
    } catch (error) {
      const kind = failureOf(error)?.kind;
      const isOfThisOne = kind === "conflict" || kind === "not-found" || kind === "other";
      if (containers.length === 1 || !isOfThisOne || !(error instanceof Error)) throw error;
      problems.push(`${it.name}: ${error.message}`);
    }
  }
  if (problems.length > 0) void window.showWarningMessage(problems.join(" "));
  return done;
}
