import { commands, l10n, window } from "vscode";
import type { EngineFailure } from "../engine/engine.ts";

type Unreachable = Extract<EngineFailure, { kind: "unreachable" }>;

/** What is missing and what to do, in two sentences. */
export function adviceFor({ address, cause }: Unreachable): string {
  switch (cause) {
    case "no-socket":
      return l10n.t(
        "No Docker Engine is running: nothing is at {0}. Start Docker or Podman, or install one.",
        address,
      );
    case "permission-denied":
      return l10n.t(
        "The Docker Engine at {0} does not let you in. Add yourself to the group “docker” and log in again, or use a rootless engine.",
        address,
      );
    case "refused":
      return l10n.t("The Docker Engine at {0} does not answer. Start it again, then try again.", address);
    case "other":
      return l10n.t(
        "The Docker Engine at {0} cannot be reached. Check the address in the settings.",
        address,
      );
  }
}

/** One message with a way on; returns at once. */
export function showEngineAdvice(failure: Unreachable, tryAgain: () => void): string {
  const advice = adviceFor(failure);
  const again = l10n.t("Try Again");
  const howTo = l10n.t("How to Get One");
  const settings = l10n.t("Settings");
  void window.showWarningMessage(advice, again, howTo, settings).then((answer) => {
    if (answer === again) tryAgain();
    if (answer === howTo)
      return commands.executeCommand(
        "workbench.action.openWalkthrough",
        "plimsoll.plimsoll#start#plimsoll.plimsoll#engine",
      );
    if (answer === settings)
      return commands.executeCommand("workbench.action.openSettings", "plimsoll.engine");
    return undefined;
  });
  return advice;
}
