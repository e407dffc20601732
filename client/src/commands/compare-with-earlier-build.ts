import { commands, l10n, window } from "vscode";
import { describeRecord } from "../editor/describe-record.ts";
import { pickDockerfile } from "../editor/pick-dockerfile.ts";
import { stageOf } from "../editor/stage-of.ts";
import { stillThere } from "../sizes/comparands.ts";
import type { SizeRecord } from "../sizes/size-history.ts";
import { stageKey } from "../sizes/size-record.ts";
import type { Command } from "./command.ts";
import type { CompareResult } from "./compare-image-sizes.ts";
import { cancelled, withEngine } from "./with-engine.ts";

export interface EarlierBuildAnswers {
  /** Absolute path. */
  readonly dockerfile?: string;
  /** A stage's name; the final stage when absent. */
  readonly target?: string;
  /** The earlier image's id; asked for when absent. */
  readonly image?: string;
}

export type EarlierBuildResult = CompareResult | { readonly outcome: "nothing-before" };

/** Weighs a stage's last image against one that it was built to earlier, also when the tag has moved on since. */
export const compareWithEarlierBuild: Command<EarlierBuildAnswers, EarlierBuildResult> = {
  id: "plimsoll.compareWithEarlierBuild",
  run: (services, answers) =>
    withEngine<EarlierBuildResult>(services, compareWithEarlierBuild.id, answers, async (engine) => {
      const file = await pickDockerfile(answers.dockerfile);
      if (file === undefined) return cancelled;
      const stage = stageOf(await services.language.stages(file), answers.target);
      const records = await services.sizeRecords.of(file);
      const all = (stage && records.get(stageKey(stage))) ?? [];
      const left = stillThere(await engine.images(), all);
      const last = left.at(-1);
      const earlier = left.slice(0, -1);
      if (last === undefined || earlier.length === 0) {
        void window.showInformationMessage(
          all.length > 1
            ? l10n.t("The engine has no earlier image of this stage any more.")
            : l10n.t("There is no earlier image of this stage yet: it has to be built twice from here."),
        );
        return { outcome: "nothing-before" };
      }
      const chosen =
        answers.image === undefined
          ? await pickRecord(earlier)
          : earlier.find((it) => it.imageId === answers.image);
      if (chosen === undefined)
        return answers.image === undefined ? cancelled : { outcome: "nothing-before" };
      return commands.executeCommand<CompareResult>("plimsoll.compareImageSizes", {
        images: [chosen.imageId, last.imageId],
        labels: [describeRecord(chosen).label, last.tag],
      });
    }),
};

async function pickRecord(records: readonly SizeRecord[]): Promise<SizeRecord | undefined> {
  const items = records.toReversed().map((record) => ({ ...describeRecord(record), record }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t("Compare with which build?"),
    matchOnDescription: true,
  });
  return picked?.record;
}
