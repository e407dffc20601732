import { commands, l10n, ProgressLocation, Uri, window, workspace } from "vscode";
import type { BuildAnswers } from "../editor/build-draft.ts";
import { type BuildPlan, planBuild } from "../editor/build-plan.ts";
import { type BuildTally, type FailedStep, followBuild } from "../editor/build-progress.ts";
import { failureText } from "../editor/failure-text.ts";
import { pickDockerfile } from "../editor/pick-dockerfile.ts";
import { type Pushed, showPushed } from "../editor/pushed-image.ts";
import { stageOf } from "../editor/stage-of.ts";
import { placeOfFailure } from "../editor/step-place.ts";
import { settleUnsaved } from "../editor/unsaved-dockerfile.ts";
import type { Engine, EngineFailure, ImageDetails } from "../engine/engine.ts";
import { failureOf } from "../engine-access.ts";
import { formatBytes, formatDuration } from "../shared/figures.ts";
import { costsFromHistory } from "../sizes/history-costs.ts";
import type { Command, Services } from "./command.ts";
import { cancelled, type NotDone, withEngine } from "./with-engine.ts";

export type BuildResult =
  | (BuildTally & {
      readonly outcome: "built";
      readonly tag: string;
      /** Bytes. */
      readonly unpackedSize: number;
      readonly compressedSize: number | undefined;
    })
  | Pushed
  | {
      readonly outcome: "build-failed";
      readonly message: string;
      /** 1-based; undefined when no line can be named with certainty. */
      readonly line: number | undefined;
      readonly log: readonly string[];
    }
  | NotDone;

/** Lines of the failing step's output that the problem repeats; the rest is in the log. */
const logLinesInProblem = 8;

/** Builds a stage of a Dockerfile. A failure stands on its line until the next build of the file succeeds. */
export const buildImage: Command<BuildAnswers, BuildResult> = {
  id: "plimsoll.buildImage",
  run: (services, answers) =>
    withEngine<BuildResult>(services, buildImage.id, answers, async (engine) => {
      const file = await pickDockerfile(answers.dockerfile);
      if (file === undefined) return cancelled;
      // What is on the screen is what is built.
      const unsaved = answers.dockerfileText === undefined ? await settleUnsaved(file) : { text: undefined };
      if (unsaved === undefined) return cancelled;
      const given = unsaved.text === undefined ? answers : { ...answers, dockerfileText: unsaved.text };
      const stages = await services.language.stages(file);
      const plan = await planBuild(file, stages, services.memory, given, () => engine.builders());
      return plan === undefined ? cancelled : build(services, engine, plan);
    }),
};

async function build(services: Services, engine: Engine, plan: BuildPlan): Promise<BuildResult> {
  const { buildLog, diagnostics, memory } = services;
  buildLog.start(l10n.t("Building {0} from {1}", plan.tag, plan.file.fsPath));
  let failedStep: FailedStep | undefined;
  try {
    const tally = await window.withProgress(
      { location: ProgressLocation.Notification, title: l10n.t("Building {0}", plan.tag), cancellable: true },
      (progress, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => stop.abort());
        return followBuild(engine.build(plan.request, stop.signal), buildLog, progress, (step) => {
          failedStep = step;
        });
      },
    );
    diagnostics.clear(plan.file);
    if (plan.request.builder?.output === "push") return showPushed(buildLog, plan.tag, tally);
    const { dockerfile, target } = plan.request;
    await memory.rememberBuilt({ imageId: tally.imageId, tag: plan.tag, dockerfile, target });
    services.images.refresh();
    const image = await engine.inspectImage(tally.imageId);
    await rememberSizes(services, plan, image);
    showSuccess(buildLog, plan, tally, image);
    const { unpackedSize, compressedSize } = image;
    return { outcome: "built", tag: plan.tag, unpackedSize, compressedSize, ...tally };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind !== "build-failed") throw error;
    return reportFailure(services, plan, failure, failedStep);
  }
}

/** What the engine tells of each instruction at once; what is in the layers takes a reading of the image. */
async function rememberSizes(
  { lineSizes, waste }: Services,
  { file, stages, request }: BuildPlan,
  image: ImageDetails,
): Promise<void> {
  waste.clear(file);
  const stage = stageOf(stages, request.target);
  if (stage)
    await lineSizes.remember(file, stage, costsFromHistory(image, stage.chain), image.compressedSize);
}

function showSuccess(
  log: Services["buildLog"],
  plan: BuildPlan,
  { milliseconds, steps, cachedSteps }: BuildTally,
  { unpackedSize, compressedSize }: ImageDetails,
): void {
  const size =
    compressedSize === undefined
      ? l10n.t("{0} unpacked", formatBytes(unpackedSize))
      : l10n.t("{0} unpacked, {1} compressed", formatBytes(unpackedSize), formatBytes(compressedSize));
  const message = l10n.t("Built {0} in {1}: {2}.", plan.tag, formatDuration(milliseconds), size);
  log.line(`${message} ${l10n.t("{0} of {1} steps came from the cache.", cachedSteps, steps)}`);

  const compare = l10n.t("Compare");
  const run = l10n.t("Run");
  void window.showInformationMessage(message, compare, run).then((answer) => {
    if (answer === compare)
      return commands.executeCommand("plimsoll.compareImageSizes", { preselected: [plan.tag] });
    if (answer === run)
      return commands.executeCommand("plimsoll.runImage", { image: plan.tag, confirm: true });
    return undefined;
  });
}

function reportFailure(
  { buildLog, diagnostics }: Services,
  { file, stages, tag }: BuildPlan,
  failure: Extract<EngineFailure, { kind: "build-failed" }>,
  failed: FailedStep | undefined,
): BuildResult {
  const place = placeOfFailure(failed?.step, `${failed?.error ?? ""}\n${failure.message}`, stages);
  const log = failure.log.slice(-logLinesInProblem);
  const text = failureText(failure.message);
  if (place !== undefined) diagnostics.report(file, place, l10n.t("The build failed here: {0}", text), log);
  buildLog.line(failure.message, "failure");

  const show = l10n.t("Show Line");
  const open = l10n.t("Show Log");
  const where = place === undefined ? "" : ` (${l10n.t("line {0}", place.line + 1)})`;
  const message = l10n.t("{0} was not built{1}: {2}", tag, where, text);
  void window.showErrorMessage(message, ...(place === undefined ? [open] : [show, open])).then((answer) => {
    if (answer === open) buildLog.show();
    if (answer === show && place !== undefined) return showLine(file, place.line);
    return undefined;
  });
  return {
    outcome: "build-failed",
    message: failure.message,
    line: place && place.line + 1,
    log: failure.log,
  };
}

async function showLine(file: Uri, line: number): Promise<void> {
  const document = await workspace.openTextDocument(Uri.file(file.fsPath));
  await window.showTextDocument(document, { selection: document.lineAt(line).range });
}
