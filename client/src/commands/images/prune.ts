import { l10n, window } from "vscode";
import { withNotification } from "../../editor/cancellable.ts";
import { choosePrunable, confirmPrune, kindsIn } from "../../editor/images/pick-prunable.ts";
import { withLateProgress } from "../../editor/late-progress.ts";
import type { PrunableKind, Pruned, PruneOrder } from "../../engine/images/store-types.ts";
import { formatBytes } from "../../shared/figures.ts";
import type { Command } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";

export interface PruneAnswers {
  /** All of these kinds goes; the user picks when absent. */
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
      const found = await withLateProgress(l10n.t("Looking what could go"), (signal) =>
        engine.store.prunable(signal),
      );
      if (kindsIn(found).length === 0) {
        void window.showInformationMessage(
          l10n.t(
            "There is nothing to prune: no stopped container, no unused image or volume, no unused build cache.",
          ),
        );
        return { outcome: "nothing" };
      }
      const { what } = answers;
      const chosen: PruneOrder | undefined =
        what === undefined
          ? await choosePrunable(found)
          : Object.fromEntries(what.map((it) => [it, found[it]]));
      if (chosen === undefined || kindsIn(chosen).length === 0) return cancelled;
      if (answers.confirmed !== true && !(await confirmPrune(chosen))) return cancelled;
      try {
        const pruned = await withNotification(l10n.t("Pruning"), (signal) =>
          engine.store.prune(chosen, signal),
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
