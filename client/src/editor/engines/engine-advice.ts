import { commands, l10n, window } from "vscode";
import type { EngineFailure } from "../../engine/engine.ts";

/**
 * Says once that no engine answers, with a way on; returns at once. Where it can be several things, the likely ones are named; where the
 * engine part knows what it is, its own sentence (`message`) says it.
 */
export function showEngineAdvice(
  failure: Extract<EngineFailure, { kind: "unreachable" }>,
  message: string,
  checkAgain: () => void,
): void {
  const again = l10n.t("Check Again");
  const choose = l10n.t("Choose Engine");
  const howTo = l10n.t("How to Get One");
  void window.showWarningMessage(adviceText(failure, message), again, choose, howTo).then((answer) => {
    if (answer === again) checkAgain();
    if (answer === choose) return commands.executeCommand("plimsoll.chooseEngine");
    if (answer === howTo)
      return commands.executeCommand("workbench.action.openWalkthrough", {
        category: "plimsoll.plimsoll#start",
        step: "plimsoll.plimsoll#start#engine",
      });
    return undefined;
  });
}

function adviceText(
  { address, cause }: Extract<EngineFailure, { kind: "unreachable" }>,
  message: string,
): string {
  // Over SSH it is the other host that lacks something, and the sentence says what.
  const isKnown = !["no-socket", "refused"].includes(cause) || address.startsWith("ssh:");
  if (isKnown) return message;
  return l10n.t(
    "No engine answers at {0}. Most likely it is not running (or not installed), it listens elsewhere (another Docker context, DOCKER_HOST), or your user may not use its socket.",
    address,
  );
}
