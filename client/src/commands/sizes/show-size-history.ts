import { commands, l10n, window } from "vscode";
import { pickDockerfile } from "../../editor/pick-dockerfile.ts";
import { stageOf } from "../../editor/stage-of.ts";
import type { SizeHistory } from "../../shared/history-messages.ts";
import { stageKey } from "../../sizes/history/built-stage.ts";
import type { Command } from "../command.ts";
import { cancelled, type NotDone } from "../with-engine.ts";

export interface HistoryAnswers {
  /** Absolute path. */
  readonly dockerfile?: string;
  /** A stage's name, empty for the final stage; the one that was built last when absent. */
  readonly target?: string;
}

export type HistoryResult =
  | { readonly outcome: "shown"; readonly history: SizeHistory }
  | { readonly outcome: "no-builds" }
  | NotDone;

/** Shows what a stage weighed build after build, and which instruction moved it. Asks no engine. */
export const showSizeHistory: Command<HistoryAnswers, HistoryResult> = {
  id: "plimsoll.showSizeHistory",
  async run({ sizeRecords, historyPanel, language }, { dockerfile, target }) {
    const file = await pickDockerfile(dockerfile);
    if (file === undefined) return cancelled;
    if ((await sizeRecords.of(file)).size === 0) {
      const build = l10n.t("Build");
      const message = l10n.t("There is no history of sizes yet: this Dockerfile was not built from here.");
      void window
        .showInformationMessage(message, build)
        .then((answer) =>
          answer === build
            ? commands.executeCommand("plimsoll.buildImage", { dockerfile: file.fsPath })
            : undefined,
        );
      return { outcome: "no-builds" };
    }
    const stages = target === undefined ? undefined : await language.stages(file);
    const stage = stageOf(stages, target || undefined);
    return { outcome: "shown", history: await historyPanel.show(file, stage && stageKey(stage)) };
  },
};
