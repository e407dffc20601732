import { l10n, ProgressLocation, Uri, window } from "vscode";
import { shortId } from "../../editor/images/image-view.ts";
import { stageOf } from "../../editor/stage-of.ts";
import type { Engine } from "../../engine/engine.ts";
import type { KnownFiles } from "../../shared/compare-messages.ts";
import type { ImageToCompare } from "../../sizes/comparison/compare.ts";
import type { Comparison } from "../../sizes/comparison/comparison.ts";
import { rootOf } from "../../sizes/history/built-stage.ts";
import { comparedImages, knownFiles } from "../../views/compared-images.ts";
import type { Command, Services } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";
import { gatherComparands, type ImagesToCompare } from "./gather-comparands.ts";
import { readFilesIfCheap } from "./read-compared-files.ts";

export interface CompareAnswers {
  /** Tags or ids, two or more; the others are measured against the first. What the user picks is in order of age. */
  readonly images?: readonly string[];
  /** What to call them; else they are called as in `images`, one without a name by its id. */
  readonly labels?: readonly string[];
  /** What the images are built on, in the order of `images`, where no Dockerfile of the workspace tells. */
  readonly bases?: readonly string[];
  /** Tags that are ticked at first when the user picks. */
  readonly preselected?: readonly string[];
  /** A Dockerfile whose last image is ticked at first. */
  readonly preselectedDockerfile?: string;
}

export type CompareResult =
  | {
      readonly outcome: "compared";
      readonly comparison: Comparison;
      /** What the page can show of their files. */
      readonly files: KnownFiles;
    }
  | NotDone;

/** Weighs two or more images, instruction by instruction, and opens the page that shows it. */
export const compareImageSizes: Command<CompareAnswers, CompareResult> = {
  id: "plimsoll.compareImageSizes",
  run: (services, answers) =>
    withEngine<CompareResult>(services, compareImageSizes.id, answers, async (engine) => {
      const chosen = await imagesToCompare(services, engine, answers);
      if (chosen === undefined) return cancelled;
      const { images, labels } = chosen;
      const { bases = [] } = answers;
      const compared = await window.withProgress(
        { location: ProgressLocation.Window, title: l10n.t("Weighing images") },
        async () =>
          comparedImages(
            await Promise.all(
              images.map((image, at) => weigh(services, engine, image, labels[at], bases[at])),
            ),
          ),
      );
      services.comparePanel.show(compared);
      const known = await readFilesIfCheap(services, engine, compared);
      return { outcome: "compared", comparison: known.comparison, files: knownFiles(known) };
    }),
};

async function imagesToCompare(
  services: Services,
  engine: Engine,
  { images, labels = [], preselected = [], preselectedDockerfile }: CompareAnswers,
): Promise<ImagesToCompare | undefined> {
  if (images !== undefined && images.length > 1) return { images, labels };
  const active = window.activeTextEditor?.document;
  const isDockerfile = active?.languageId === "dockerfile" && active.uri.scheme === "file";
  const dockerfile = preselectedDockerfile ?? (isDockerfile ? active.uri.fsPath : undefined);
  const named = [...(images ?? []), ...preselected];
  // Where one image was named from a list, that one is to be compared, and the user says with what.
  const last =
    named.length > 0 && preselectedDockerfile === undefined
      ? undefined
      : services.memory.built().find((it) => it.dockerfile === dockerfile)?.imageId;
  const ticked = [...named, ...(last === undefined ? [] : [last])];
  return gatherComparands(services, engine, dockerfile, ticked);
}

/** The image and, if it was built from this workspace, the Dockerfile lines that made it. */
async function weigh(
  { memory, language }: Services,
  engine: Engine,
  reference: string,
  called: string | undefined,
  builtOn: string | undefined,
): Promise<ImageToCompare> {
  const details = await engine.inspectImage(reference);
  const label = called ?? (reference === details.id ? (details.tags[0] ?? shortId(reference)) : reference);
  const built = memory.built().find((it) => it.imageId === details.id);
  const stages = built && (await language.stages(Uri.file(built.dockerfile)));
  const stage = stageOf(stages, built?.target);
  const isKnown = built !== undefined && stages !== undefined && stage !== undefined;
  const base = isKnown ? rootOf(stage, stages.stages).base : builtOn;
  // The Dockerfile may have other instructions by now; what the base brought is told by its layers then.
  const known = base === undefined ? undefined : await engine.inspectImage(base).catch(() => undefined);
  return {
    ...{ details, label },
    ...(isKnown && { dockerfile: { file: built.dockerfile, stage, stages: stages.stages } }),
    ...(known !== undefined && base !== undefined && { base: { details: known, label: base } }),
  };
}
