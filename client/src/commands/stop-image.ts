import type { Command } from "./command.ts";
import { pickRunning, type RunningAnswers } from "./pick-running.ts";
import { cancelled, type NotDone } from "./with-engine.ts";

export type StopResult = { readonly outcome: "stopped"; readonly exitCode: number | undefined } | NotDone;

/** Stops a running image and removes its container. */
export const stopImage: Command<RunningAnswers, StopResult> = {
  id: "plimsoll.stopImage",
  async run(services, answers) {
    const running = await pickRunning(services, answers.id);
    if (running === undefined) return cancelled;
    return { outcome: "stopped", exitCode: await running.stop() };
  },
};
