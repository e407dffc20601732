import { commands, l10n, ProgressLocation, Uri, window } from "vscode";
import { pickDockerfile } from "../editor/pick-dockerfile.ts";
import { stageOf } from "../editor/stage-of.ts";
import type { Engine, ImageDetails } from "../engine/engine.ts";
import type { LayerMemory } from "../engine/layer-memory.ts";
import { sizeLimits } from "../settings.ts";
import { formatBytes } from "../shared/figures.ts";
import type { ArchivedHistoryRow } from "../sizes/image-archive.ts";
import type { Layer } from "../sizes/layer.ts";
import { costsOf, type ImageCosts } from "../sizes/line-costs.ts";
import type { Command, Services } from "./command.ts";
import { cancelled, type NotDone, withEngine } from "./with-engine.ts";

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
      const read = await readWithProgress(engine, image, built.tag, services.layers);
      if (read === undefined) return cancelled;
      const costs = costsOf({ ...read, history: image.history, chain: stage.chain });
      await services.lineSizes.remember(file, stage, costs, image.compressedSize);
      services.waste.show(file, costs);
      tell(services, file, built.tag, costs, read.problems);
      return { outcome: "weighed", image: built.tag, costs, problems: read.problems };
    }),
};

interface ReadImage {
  readonly layers: readonly (Layer | undefined)[];
  readonly configHistory: readonly ArchivedHistoryRow[] | undefined;
  readonly problems: readonly string[];
}

/** Undefined when the user cancels. */
function readWithProgress(
  engine: Engine,
  image: ImageDetails,
  tag: string,
  memory: LayerMemory,
): Thenable<ReadImage | undefined> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t("Weighing {0}", tag), cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      const known = new Map<string, Layer>();
      for (const diffId of image.diffIds) {
        const layer = await memory.layer(diffId);
        if (layer) known.set(diffId, layer);
      }
      // Engines write the whole image to their disk before they send the first byte.
      progress.report({ message: l10n.t("the engine packs it") });
      let told = 0;
      const archive = await engine.readLayers(image, {
        hashes: true,
        known: (diffId) => known.get(diffId),
        signal: stop.signal,
        onProgress: (bytes) => {
          if (bytes - told < 4_000_000) return;
          told = bytes;
          progress.report({ message: l10n.t("{0} read", formatBytes(bytes)) });
        },
      });
      for (const { layer } of archive.layers)
        if (layer && !known.has(layer.diffId)) await memory.rememberLayer(layer);
      const configHistory = archive.history ?? (await memory.history(image.id));
      if (archive.history) await memory.rememberHistory(image.id, archive.history);
      return {
        layers: archive.layers.map((it) => it.layer),
        configHistory,
        problems: [archive.problem, ...archive.layers.map((it) => it.problem)].filter(
          (it) => it !== undefined,
        ),
      };
    },
  );
}

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
  { total, visible, base, waste }: ImageCosts,
  problems: readonly string[],
): void {
  for (const it of problems) log.warn(it);
  if (problems[0] !== undefined) {
    void window.showWarningMessage(l10n.t("{0} was weighed in part: {1}", tag, problems[0]));
    return;
  }
  const own =
    base === undefined ? "" : ` ${l10n.t("{0} of it came with the base image.", formatBytes(base))}`;
  const lost = total - visible;
  const wasted =
    waste.length === 0 || lost === 0 ? "" : ` ${l10n.t("{0} are carried for nothing.", formatBytes(lost))}`;
  const show = l10n.t("Show Problems");
  const message = `${l10n.t("{0} holds {1} of files.", tag, formatBytes(total))}${own}${wasted}`;
  const isReported = waste.some((it) => it.bytes >= sizeLimits(file).waste);
  void window.showInformationMessage(message, ...(isReported ? [show] : [])).then(async (answer) => {
    if (answer !== show) return;
    await window.showTextDocument(Uri.file(file.fsPath));
    await commands.executeCommand("workbench.actions.view.problems");
  });
}
