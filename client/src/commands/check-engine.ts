import { l10n, window } from "vscode";
import { engineName } from "../editor/engines/engine-status.ts";
import type { EngineInfo } from "../engine/engine.ts";
import type { Command, Services } from "./command.ts";
import { type NotDone, withEngine } from "./with-engine.ts";

export type CheckResult =
  | (EngineInfo & { readonly outcome: "connected"; readonly address: string; readonly addressFrom: string })
  | NotDone;

/** Says which engine answers and who named its address, or what is missing. */
export const checkEngine: Command<unknown, CheckResult> = {
  id: "plimsoll.checkEngine",
  run: (services, answers) => connectAnew(services, checkEngine.id, answers),
};

/** Looks for the engine, whatever was found before, and says what answers. `commandId` and `answers` are what Check Again runs. */
export function connectAnew(services: Services, commandId: string, answers: unknown): Promise<CheckResult> {
  services.engine.forget();
  services.composeStates.lookAnew();
  return withEngine<CheckResult>(services, commandId, answers, async (engine) => {
    const info = await engine.info();
    const { address, addressFrom } = engine;
    services.status.connected(engine, info);
    services.images.refresh();
    void window.showInformationMessage(
      l10n.t("{0} answers at {1} ({2}).", engineName(info), address, addressFrom),
    );
    return { outcome: "connected", address, addressFrom, ...info };
  });
}
