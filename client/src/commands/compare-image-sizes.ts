import { l10n, ProgressLocation, Uri, window } from "vscode";
import { pickImages } from "../editor/pick-images.ts";
import { stageOf } from "../editor/stage-of.ts";
import type { Engine } from "../engine/engine.ts";
import type { ImageToCompare } from "../sizes/compare.ts";
import type { Comparison } from "../sizes/comparison.ts";
import { comparedImages } from "../views/compared-images.ts";
import type { Command, Services } from "./command.ts";
import { readFilesIfCheap } from "./read-compared-files.ts";
import { cancelled, type NotDone, withEngine } from "./with-engine.ts";

export interface CompareAnswers {
  /** Tags or ids, two or more; the others are measured against the first. What the user picks is in order of age. */
  readonly images?: readonly string[];
  /** What to call them; else they are called as in `images`. */
  readonly labels?: readonly string[];
  /** Tags that are ticked at first when the user picks. */
  readonly preselected?: readonly string[];
  /** A Dockerfile whose last image is ticked at first. */
  readonly preselectedDockerfile?: string;
}

export type CompareResult = { readonly outcome: "compared"; readonly comparison: Comparison } | NotDone;

/** Weighs two or more images, instruction by instruction, and opens the page that shows it. */
export const compareImageSizes: Command<CompareAnswers, CompareResult> = {
  id: "plimsoll.compareImageSizes",
  run: (services, answers) =>
    withEngine<CompareResult>(services, compareImageSizes.id, answers, async (engine) => {
      const images = await imagesToCompare(services, engine, answers);
      if (images === undefined) return cancelled;
      const compared = await window.withProgress(
        { location: ProgressLocation.Window, title: l10n.t("Weighing images") },
        async () =>
          comparedImages(
            await Promise.all(
              images.map((image, at) => weigh(services, engine, image, answers.labels?.[at] ?? image)),
            ),
          ),
      );
      services.comparePanel.show(compared);
      const { comparison } = await readFilesIfCheap(services, engine, compared);
      return { outcome: "compared", comparison };
    }),
};

async function imagesToCompare(
  { memory }: Services,
  engine: Engine,
  answers: CompareAnswers,
): Promise<readonly string[] | undefined> {
  if (answers.images !== undefined && answers.images.length > 1) return answers.images;
  const last = memory.built().find((it) => it.dockerfile === answers.preselectedDockerfile)?.tag;
  const preselected = [...(answers.preselected ?? []), ...(last === undefined ? [] : [last])];
  for (;;) {
    const picked = await pickImages(engine, memory, { many: true, preselected });
    if (picked === undefined || picked.length > 1) return picked;
    void window.showInformationMessage(l10n.t("A comparison needs two images or more."));
  }
}

/** The image and, if it was built from this workspace, the Dockerfile lines that made it. */
async function weigh(
  { memory, language }: Services,
  engine: Engine,
  reference: string,
  label: string,
): Promise<ImageToCompare> {
  const details = await engine.inspectImage(reference);
  const built = memory.built().find((it) => it.imageId === details.id);
  const stages = built && (await language.stages(Uri.file(built.dockerfile)));
  const stage = stageOf(stages, built?.target);
  return {
    details,
    label,
    ...(built !== undefined &&
      stages !== undefined &&
      stage !== undefined && { dockerfile: { file: built.dockerfile, stage, stages: stages.stages } }),
  };
}
