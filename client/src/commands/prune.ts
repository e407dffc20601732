import { l10n, ProgressLocation, window } from "vscode";
import type { Prunable, PrunableItem, PrunableKind, Pruned } from "../engine/store-types.ts";
import { formatBytes } from "../shared/figures.ts";
import type { Command } from "./command.ts";
import { cancelled, type NotDone, withEngine } from "./with-engine.ts";

export interface PruneAnswers {
  /** What goes; the user picks when absent. */
  readonly what?: readonly PrunableKind[];
  /** Without a question. */
  readonly confirmed?: boolean;
}

export type PruneResult =
  | (Pruned & { readonly outcome: "pruned" })
  | { readonly outcome: "nothing" }
  | NotDone;

/** Removes what nothing needs: first shows what that is and how many bytes, then asks. */
export const prune: Command<PruneAnswers, PruneResult> = {
  id: "plimsoll.prune",
  run: (services, answers) =>
    withEngine<PruneResult>(services, prune.id, answers, async (engine) => {
      const found = await window.withProgress(
        { location: ProgressLocation.Window, title: l10n.t("Looking what could go") },
        () => engine.store.prunable(),
      );
      if (kinds.every((it) => (found[it] ?? []).length === 0)) {
        void window.showInformationMessage(
          l10n.t(
            "There is nothing to prune: no stopped container, no dangling image, no unused build cache.",
          ),
        );
        return { outcome: "nothing" };
      }
      const what = answers.what ?? (await choose(found));
      if (what === undefined || what.length === 0) return cancelled;
      const chosen: Prunable = {
        containers: what.includes("containers") ? found.containers : [],
        images: what.includes("images") ? found.images : [],
        buildCache: what.includes("buildCache") ? found.buildCache : [],
      };
      if (answers.confirmed !== true && !(await confirm(chosen))) return cancelled;
      try {
        const pruned = await window.withProgress(
          { location: ProgressLocation.Notification, title: l10n.t("Pruning"), cancellable: true },
          (_, token) => {
            const stop = new AbortController();
            token.onCancellationRequested(() => stop.abort());
            return engine.store.prune(chosen, stop.signal);
          },
        );
        void window.showInformationMessage(
          [l10n.t("{0} freed.", formatBytes(pruned.bytes)), ...pruned.problems].join(" "),
        );
        return { outcome: "pruned", ...pruned };
      } finally {
        services.images.refresh();
      }
    }),
};

const kinds = ["containers", "images", "buildCache"] as const satisfies readonly PrunableKind[];

function titleOf(kind: PrunableKind, count: number): string {
  return {
    containers: count === 1 ? l10n.t("1 stopped container") : l10n.t("{0} stopped containers", count),
    images: count === 1 ? l10n.t("1 dangling image") : l10n.t("{0} dangling images", count),
    buildCache:
      count === 1 ? l10n.t("1 record of the build cache") : l10n.t("{0} records of the build cache", count),
  }[kind];
}

async function choose(found: Prunable): Promise<PrunableKind[] | undefined> {
  const items = kinds
    .map((kind) => ({ kind, things: found[kind] ?? [] }))
    .filter(({ things }) => things.length > 0)
    .map(({ kind, things }) => ({
      what: kind,
      label: titleOf(kind, things.length),
      description: bytesOf(things),
      detail: kind === "buildCache" ? l10n.t("the next builds take longer") : namesOf(things),
      picked: kind !== "buildCache",
    }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t("What goes? Nothing is removed before you confirm it."),
    canPickMany: true,
  });
  return picked?.map((it) => it.what);
}

async function confirm(chosen: Prunable): Promise<boolean> {
  const all = kinds.flatMap((kind) => chosen[kind] ?? []);
  const detail = kinds
    .map((kind) => ({ kind, things: chosen[kind] ?? [] }))
    .filter(({ things }) => things.length > 0)
    .map(({ kind, things }) => {
      const title = `${titleOf(kind, things.length)}, ${bytesOf(things)}`;
      return kind === "buildCache" ? title : `${title}: ${namesOf(things)}`;
    });
  const remove = l10n.t("Remove");
  const answer = await window.showWarningMessage(
    l10n.t("Remove what nothing needs, {0}?", bytesOf(all)),
    { modal: true, detail: [...detail, l10n.t("This cannot be undone.")].join("\n") },
    remove,
  );
  return answer === remove;
}

function bytesOf(things: readonly PrunableItem[]): string {
  return formatBytes(things.reduce((sum, it) => sum + it.bytes, 0));
}

/** The names of some, the largest first. */
function namesOf(things: readonly PrunableItem[]): string {
  const names = things.toSorted((one, other) => other.bytes - one.bytes).map((it) => it.name);
  const shown = names.slice(0, 12).join(", ");
  return names.length > 12 ? l10n.t("{0} and {1} more", shown, names.length - 12) : shown;
}
