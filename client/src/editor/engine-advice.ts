import { commands, l10n, window } from "vscode";

/** Says what is missing, once, with a way on; returns at once. `message` is the engine part's own sentence. */
export function showEngineAdvice(message: string, tryAgain: () => void): void {
  const again = l10n.t("Try Again");
  const howTo = l10n.t("How to Get One");
  const settings = l10n.t("Settings");
  void window.showWarningMessage(message, again, howTo, settings).then((answer) => {
    if (answer === again) tryAgain();
    if (answer === howTo)
      return commands.executeCommand("workbench.action.openWalkthrough", {
        category: "plimsoll.plimsoll#start",
        step: "plimsoll.plimsoll#start#engine",
      });
    if (answer === settings)
      return commands.executeCommand("workbench.action.openSettings", "plimsoll.engine");
    return undefined;
  });
}
