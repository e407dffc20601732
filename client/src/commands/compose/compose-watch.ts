import { l10n, window } from "vscode";
import { canWatch } from "../../compose/program.ts";
import type { Command } from "../command.ts";
import { cancelled } from "../with-engine.ts";
import { type ComposeResult, type ServicesAnswers, withCompose } from "./with-compose.ts";

/** Starts services and brings what is edited into them, as their `develop.watch` says. */
export const composeWatch: Command<ServicesAnswers, ComposeResult> = {
  id: "plimsoll.composeWatch",
  run: (services, answers) =>
    withCompose(services, composeWatch.id, answers, async ({ project, program, run }) => {
      if (!project.services.some((it) => it.watches)) {
        void window.showInformationMessage(
          l10n.t("No service of {0} says what to watch. Add “develop: watch:” to one first.", project.label),
        );
        return cancelled;
      }
      if (!canWatch(program)) {
        void window.showWarningMessage(
          l10n.t("Compose {0} cannot watch yet; 2.22 and later can. Update it first.", program.version),
        );
        return cancelled;
      }
      return run({ kind: "watch", services: answers.services ?? [] });
    }),
};
