import { commands, l10n, window } from "vscode";
import { pickDockerfile } from "../../editor/pick-dockerfile.ts";
import { describeRecord } from "../../editor/sizes/describe-record.ts";
import { stageOf } from "../../editor/stage-of.ts";
import { stillThere } from "../../sizes/comparison/comparands.ts";
import { stageKey } from "../../sizes/history/built-stage.ts";
import type { SizeRecord } from "../../sizes/history/size-history.ts";
import type { Command } from "../command.ts";
import { cancelled, withEngine } from "../with-engine.ts";
import type { CompareResult } from "./compare-image-sizes.ts";

export interface EarlierBuildAnswers {
  /** Absolute path. */
  readonly dockerfile?: string;
  /** A stage's name; the final stage when absent. */
  readonly target?: string;
  /** The earlier image's id; asked for when absent. */
  readonly image?: string;
  /** The id of the later one; the last that was built when absent. */
  readonly against?: string;
}

export type EarlierBuildResult =
  | CompareResult
  | { readonly outcome: "nothing-before" }
  /** The engine has an image no more. */
  | { readonly outcome: "gone"; readonly image: string };

/** Weighs a stage's last image against one that it was built to earlier, also when the tag has moved on since. */
export const compareWithEarlierBuild: Command<EarlierBuildAnswers, EarlierBuildResult> = {
  id: "plimsoll.compareWithEarlierBuild",
  run: (services, answers) =>
    withEngine<EarlierBuildResult>(services, compareWithEarlierBuild.id, answers, async (engine) => {
      const file = await pickDockerfile(answers.dockerfile);
      if (file === undefined) return cancelled;
      const stage = stageOf(await services.language.stages(file), answers.target);
      // A stage that has gone from the Dockerfile has its history still.
      const all = (await services.sizeRecords.of(file)).get(stage ? stageKey(stage) : (answers.target ?? ""));
      const left = stillThere(await engine.images(), all ?? []);
      const recordOf = (id: string | undefined) => all?.findLast((it) => it.imageId === id);
      const later = answers.against === undefined ? all?.at(-1) : recordOf(answers.against);
      const earlier = left.filter((it) => it.imageId !== later?.imageId);
      if (later === undefined || (earlier.length === 0 && answers.image === undefined)) {
        void window.showInformationMessage(
          all === undefined || all.length < 2
            ? l10n.t("There is no earlier image of this stage yet: it has to be built twice from here.")
            : l10n.t("The engine has no earlier image of this stage any more."),
        );
        return { outcome: "nothing-before" };
      }
      const chosen = answers.image === undefined ? await pickRecord(earlier) : recordOf(answers.image);
      if (chosen === undefined) return answers.image === undefined ? cancelled : gone(answers.image);
      const lost = [chosen, later].find((it) => !left.some((one) => one.imageId === it.imageId));
      if (lost !== undefined) return gone(lost.imageId, lost);
      return commands.executeCommand<CompareResult>("plimsoll.compareImageSizes", {
        images: [chosen.imageId, later.imageId],
        labels: [
          describeRecord(chosen).label,
          later === all?.at(-1) ? later.tag : describeRecord(later).label,
        ],
      });
    }),
};

function gone(image: string, record?: SizeRecord): EarlierBuildResult {
  const name =
    record === undefined ? image.replace(/^sha256:(\w{12})\w+$/, "$1") : describeRecord(record).label;
  void window.showInformationMessage(
    l10n.t(
      "The engine has the image {0} no more, so it cannot be compared. Its sizes stay in the history.",
      name,
    ),
  );
  return { outcome: "gone", image };
}

async function pickRecord(records: readonly SizeRecord[]): Promise<SizeRecord | undefined> {
  const items = records.toReversed().map((record) => ({ ...describeRecord(record), record }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t("Compare with which build?"),
    matchOnDescription: true,
  });
  return picked?.record;
}
