import { commands, l10n, window, workspace } from "vscode";
import { showEngineAdvice } from "../editor/engines/engine-advice.ts";
import type { Engine, EngineFailure } from "../engine/engine.ts";
import { failureOf } from "../engine-access.ts";
import { withoutSecrets } from "../shared/secrets.ts";
import type { Services } from "./command.ts";

/** How a command ends that could not do its work. */
export type NotDone =
  | { readonly outcome: "untrusted" }
  | { readonly outcome: "no-engine"; readonly message: string; readonly address: string }
  | { readonly outcome: "cancelled" }
  | { readonly outcome: "failed"; readonly message: string; readonly failure: EngineFailure };

export const cancelled: NotDone = { outcome: "cancelled" };

/** Why nothing is done in a workspace that is not trusted, and what works there. */
export function untrustedText(): string {
  return l10n.t(
    "Plimsoll builds and runs nothing, and asks no Docker Engine, in a workspace that you do not trust. Checks and fixes work all the same.",
  );
}

/** How a command of the engine ends in a workspace that is not trusted: says so, with the way to trust it. */
export function tellUntrusted(): NotDone {
  const manage = l10n.t("Manage Workspace Trust");
  void window
    .showInformationMessage(untrustedText(), manage)
    .then((answer) => answer === manage && commands.executeCommand("workbench.trust.manage"));
  return { outcome: "untrusted" };
}

/**
 * Runs `act` with the engine. What the engine is expected to fail with becomes one message and a `NotDone`; anything
 * else is a bug and goes on as an exception. `commandId` and `answers` are what Check Again runs.
 */
export async function withEngine<Result>(
  services: Services,
  commandId: string,
  answers: unknown,
  act: (engine: Engine) => Promise<Result>,
): Promise<Result | NotDone> {
  if (!workspace.isTrusted) return tellUntrusted();
  try {
    const engine = await services.engine.connect();
    if (!services.status.isConnected) {
      services.status.connected(engine, await engine.info());
      // It may have been started since the documents were opened.
      services.images.refresh();
    }
    return await act(engine);
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    // The engine may quote a command that was to run.
    services.log.info(`${commandId}: ${JSON.stringify(withoutSecrets(failure))}`);
    if (failure.kind === "cancelled") {
      if (failure.left !== undefined) void window.showInformationMessage(failure.left);
      return cancelled;
    }
    const message = error instanceof Error ? error.message : String(error);
    if (failure.kind === "unreachable") {
      services.engine.forget();
      services.status.unreachable(failure.address);
      showEngineAdvice(failure, message, () => void commands.executeCommand(commandId, answers));
      return { outcome: "no-engine", message, address: failure.address };
    }
    void window.showErrorMessage(message);
    return { outcome: "failed", message, failure };
  }
}
