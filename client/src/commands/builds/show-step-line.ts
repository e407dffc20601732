import { l10n, Uri, window } from "vscode";
import type { BuildRow } from "../../editor/builds/builds-view.ts";
import { placeOfFailure } from "../../editor/builds/step-place.ts";
import { showPlace } from "../../editor/show-place.ts";
import type { Command } from "../command.ts";

export type StepLineResult =
  /** 1-based. */
  { readonly outcome: "shown"; readonly line: number } | { readonly outcome: "unknown" };

/** Goes to the instruction that a step of a build stands for. */
export const showStepLine: Command<BuildRow, StepLineResult> = {
  id: "plimsoll.showStepLine",
  async run({ builds, language }, { build, step }) {
    const record = builds.find(build);
    const it = record?.steps.find((one) => one.step.id === step);
    if (record === undefined || it === undefined) return { outcome: "unknown" };
    const file = Uri.file(record.subject.dockerfile);
    const place = placeOfFailure(it.step, "", await language.stages(file));
    if (place === undefined) {
      void window.showInformationMessage(
        l10n.t("No instruction of the Dockerfile as it is now can be told to be this step."),
      );
      return { outcome: "unknown" };
    }
    await showPlace(file, place.line);
    return { outcome: "shown", line: place.line + 1 };
  },
};
