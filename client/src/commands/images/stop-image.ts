import { l10n, ProgressLocation, window } from "vscode";
import type { Command } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";
import { pickRunning, type RunningAnswers } from "./pick-running.ts";

export interface StopAnswers extends RunningAnswers {
  /** Until it is killed; what the container says (10 s) when absent, 0 for at once. */
  readonly graceSeconds?: number;
}

export type StopResult = { readonly outcome: "stopped"; readonly exitCode: number | undefined } | NotDone;

/** Stops a running image and, unless it is to be kept, removes its container. */
export const stopImage: Command<StopAnswers, StopResult> = {
  id: "plimsoll.stopImage",
  run: (services, answers) =>
    withEngine<StopResult>(services, stopImage.id, answers, async () => {
      const running = await pickRunning(services, answers.id);
      if (running === undefined) return cancelled;
      const { graceSeconds } = answers;
      const exitCode = await window.withProgress(
        {
          location: ProgressLocation.Window,
          title: l10n.t("Stopping {0}; it is killed after its grace time", running.image),
        },
        () => running.stop(graceSeconds === undefined ? {} : { graceSeconds }),
      );
      return { outcome: "stopped", exitCode };
    }),
};
