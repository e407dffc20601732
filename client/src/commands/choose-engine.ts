import { workspace } from "vscode";
import { type PickedEngine, pickEngine } from "../editor/engines/pick-engine.ts";
import { type CheckResult, connectAnew } from "./check-engine.ts";
import type { Command } from "./command.ts";
import { cancelled, tellUntrusted } from "./with-engine.ts";

export interface ChooseEngineAnswers {
  /** `{by: "context", name}`, `{by: "address", address}`, `{by: "environment"}`, or `automatic` for none in particular. */
  readonly engine?: PickedEngine;
}

/** Takes another engine for this workspace, and says what answers there. It is kept also when it does not answer just now. */
export const chooseEngine: Command<ChooseEngineAnswers, CheckResult> = {
  id: "plimsoll.chooseEngine",
  async run(services, answers) {
    if (!workspace.isTrusted) return tellUntrusted();
    const engine = answers.engine ?? (await pickEngine(services.engine, services.engineChoice.selection));
    if (engine === undefined) return cancelled;
    await services.engineChoice.keep(engine === "automatic" ? undefined : engine);
    services.status.forget();
    const result = await connectAnew(services, chooseEngine.id, { engine });
    // What was read of the other engine's images is not true of this one.
    if (result.outcome !== "connected") services.images.refresh();
    return result;
  },
};
