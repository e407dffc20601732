import { commands, l10n, Uri, window } from "vscode";
import { pickDockerfile } from "../../editor/pick-dockerfile.ts";
import { stageOf } from "../../editor/stage-of.ts";
import { sizeLimits } from "../../settings.ts";
import { formatBytes } from "../../shared/figures.ts";
import { costsOf, type ImageCosts } from "../../sizes/lines/line-costs.ts";
import { transferOfRead } from "../../sizes/read-image.ts";
import type { Command, Services } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";
import { readLayers } from "./read-layers.ts";

export interface WeighAnswers {
  /** Absolute path. */
  readonly dockerfile?: string;
  /** A stage's name; the final stage when absent. */
  readonly target?: string;
}

export type WeighResult =
  | {
      readonly outcome: "weighed";
      readonly image: string;
      readonly costs: ImageCosts;
      readonly problems: readonly string[];
    }
  | { readonly outcome: "not-built" }
  | NotDone;

/**
 * Reads the image that a Dockerfile's stage was last built to, and says of each line what it costs: to the byte, with what the
 * image carries for nothing as problems on the lines that hide it.
 */
export const weighImage: Command<WeighAnswers, WeighResult> = {
  id: "plimsoll.weighImage",
  run: (services, answers) =>
    withEngine<WeighResult>(services, weighImage.id, answers, async (engine) => {
      const file = await pickDockerfile(answers.dockerfile);
      if (file === undefined) return cancelled;
      const built = services.memory
        .built()
        .find((it) => it.dockerfile === file.fsPath && it.target === answers.target);
      const stages = await services.language.stages(file);
      const stage = stageOf(stages, answers.target);
      if (built === undefined || stage === undefined) {
        offerBuild(file, answers.target);
        return { outcome: "not-built" };
      }
      const image = await engine.inspectImage(built.imageId);
      // Packing takes its time: only for who set a budget for it.
      const transfer = image.compressedSize === undefined && stage.budgets.some((it) => it.of === "transfer");
      const read = await readLayers(services, engine, image, { label: built.tag, transfer });
      if (read === undefined) return cancelled;
      const costs = costsOf({ ...read, history: image.history, chain: stage.chain, config: image.config });
      const compressed = image.compressedSize ?? transferOfRead(read);
      await services.lineSizes.remember(file, stage, costs, compressed);
      services.waste.show(file, costs);
      services.budgets.show(file, {
        ...{ stage, label: built.tag, references: [built.tag, ...image.tags], lines: costs.lines },
        measured: { disk: costs.total, transfer: compressed },
      });
      tell(services, file, built.tag, costs, read.problems);
      const whole = read.layers.flatMap((it) => it ?? []);
      if (whole.length === read.layers.length) await services.images.learn(image.id, whole);
      return { outcome: "weighed", image: built.tag, costs, problems: read.problems };
    }),
};

function offerBuild(file: Uri, target: string | undefined): void {
  const build = l10n.t("Build");
  const message = l10n.t("There is no image of this stage to weigh yet: it was not built from here.");
  void window.showInformationMessage(message, build).then((answer) =>
    answer === build
      ? commands.executeCommand("plimsoll.buildImage", {
          dockerfile: file.fsPath,
          ...(target !== undefined && { target }),
        })
      : undefined,
  );
}

function tell(
  { log }: Services,
  file: Uri,
  tag: string,
  { total, base, waste, reclaimable, leftovers }: ImageCosts,
  problems: readonly string[],
): void {
  for (const it of problems) log.warn(it);
  if (problems[0] !== undefined) {
    void window.showWarningMessage(l10n.t("{0} was weighed in part: {1}", tag, problems[0]));
    return;
  }
  const own =
    base === undefined ? "" : ` ${l10n.t("{0} of it came with the base image.", formatBytes(base))}`;
  const wasted =
    reclaimable === 0 ? "" : ` ${l10n.t("{0} are carried for nothing.", formatBytes(reclaimable))}`;
  const show = l10n.t("Show Problems");
  const message = `${l10n.t("{0} holds {1} of files.", tag, formatBytes(total))}${own}${wasted}`;
  const isReported = [...waste, ...leftovers].some((it) => it.bytes >= sizeLimits(file).waste);
  void window.showInformationMessage(message, ...(isReported ? [show] : [])).then(async (answer) => {
    if (answer !== show) return;
    await window.showTextDocument(Uri.file(file.fsPath));
    await commands.executeCommand("workbench.actions.view.problems");
  });
}
