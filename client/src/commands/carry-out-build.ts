import { posix } from "node:path";
import { commands, l10n, ProgressLocation, Uri, window } from "vscode";
import type { BuildEnd } from "../builds/build-record.ts";
import type { BuildInProgress } from "../builds/builds.ts";
import type { SourceMessage } from "../builds/source-places.ts";
import type { BuildAnswers } from "../editor/build-draft.ts";
import type { BuildWriter } from "../editor/build-logs.ts";
import type { BuildPlan } from "../editor/build-plan.ts";
import { type BuildTally, followBuild, logEvent, showProgress } from "../editor/build-progress.ts";
import { failureText } from "../editor/failure-text.ts";
import { commitNow } from "../editor/git-repository.ts";
import { type Pushed, showPushed } from "../editor/pushed-image.ts";
import { showPlace } from "../editor/show-place.ts";
import { problemsInSources } from "../editor/source-problems.ts";
import { stageOf } from "../editor/stage-of.ts";
import { placeOfFailure } from "../editor/step-place.ts";
import type { BuildEvent } from "../engine/build-types.ts";
import type { Engine, EngineFailure, ImageDetails } from "../engine/engine.ts";
import { failureOf } from "../engine-access.ts";
import { formatBytes, formatDuration } from "../shared/figures.ts";
import { instructionKey } from "../shared/instruction-key.ts";
import { isSecretPair } from "../shared/secrets.ts";
import type { LinePlace, StageInfo } from "../shared/server-messages.ts";
import { sizeRecord, stageKey } from "../sizes/built-stage.ts";
import { costsFromHistory } from "../sizes/history-costs.ts";
import type { RecordedCommit } from "../sizes/size-history.ts";
import type { StageSizes } from "../sizes/sized-stage.ts";
import type { Services } from "./command.ts";
import type { NotDone } from "./with-engine.ts";

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

/** What a build is shown in besides the Builds view and its log: where there is none, a notification tells of it. */
export interface BuildConsole extends BuildWriter {
  /** Aborted when whoever owns the console ends the build. */
  readonly signal: AbortSignal;
  /** What fails is put on its lines by whoever reads the console. */
  readonly isMatched: boolean;
}

/** Lines of the failing step's output that the problem repeats; the rest is in the log. */
const logLinesInProblem = 8;

/** Builds what was planned, tells of it while it goes on, and leaves on the lines what there is to say of them. */
export async function carryOutBuild(
  services: Services,
  engine: Engine,
  plan: BuildPlan,
  answers: BuildAnswers,
  console: BuildConsole | undefined,
): Promise<BuildResult> {
  const { builds, buildLogs } = services;
  const { dockerfile, target, context } = plan.request;
  const repeat = answersToRepeat(plan, answers);
  const building = builds.begin({ tag: plan.tag, dockerfile, target, context, repeat });
  const { id } = building.record;
  const ownLog = buildLogs.start(id, plan.tag);
  const log = both(ownLog, console);
  log.line(l10n.t("Building {0} from {1}", plan.tag, plan.file.fsPath), "title");
  // Before it runs: what it takes may be changed meanwhile.
  const commit = commitNow(plan.file, context);
  const act: Act = { services, engine, plan, building, log, console, commit };
  let end: BuildEnd = { state: "cancelled" };
  try {
    const tally = await (console === undefined
      ? followInNotification(act)
      : follow(act, AbortSignal.any([building.signal, console.signal])));
    const before = imageBefore(act, tally.imageId);
    end = { state: "built", imageId: tally.imageId, before };
    return await succeeded(act, tally);
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind === "cancelled") log.line(l10n.t("Cancelled."), "failure");
    else end = { state: "failed", message: error instanceof Error ? error.message : String(error) };
    if (failure?.kind !== "build-failed") {
      // Whoever has the console is told by what is thrown.
      if (end.state === "failed") ownLog.line(end.message, "failure");
      throw error;
    }
    return await failed(act, failure);
  } finally {
    building.finish(end);
    buildLogs.end(id);
  }
}

/** One build and what it works with. */
interface Act {
  readonly services: Services;
  readonly engine: Engine;
  readonly plan: BuildPlan;
  readonly building: BuildInProgress;
  readonly log: BuildWriter;
  /** Where there is one, it tells how the build ends. */
  readonly console: BuildConsole | undefined;
  /** What was checked out when it began. */
  readonly commit: Promise<RecordedCommit | undefined>;
}

function follow(
  { engine, plan, building, log }: Act,
  signal: AbortSignal,
  watch?: (event: BuildEvent) => void,
): Promise<BuildTally> {
  return followBuild(engine.build(plan.request, signal), (event) => {
    building.take(event);
    logEvent(log, event);
    watch?.(event);
  });
}

async function followInNotification(act: Act): Promise<BuildTally> {
  const { plan, building, services } = act;
  return window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t("Building {0}", plan.tag), cancellable: true },
    (progress, token) => {
      token.onCancellationRequested(() => services.builds.cancel(building.record.id));
      return follow(act, building.signal, showProgress(building.record, progress));
    },
  );
}

async function succeeded(act: Act, tally: BuildTally): Promise<BuildResult> {
  const { services, engine, plan } = act;
  const { dockerfile, target } = plan.request;
  services.diagnostics.clear(plan.file);
  services.scanDiagnostics.clear(plan.file);
  await reportWarnings(act);
  await rememberTimes(act);
  if (plan.request.builder?.output === "push")
    return showPushed(act.log, plan.tag, tally, act.console !== undefined);
  await services.memory.rememberBuilt({ imageId: tally.imageId, tag: plan.tag, dockerfile, target });
  services.images.refresh();
  const image = await engine.inspectImage(tally.imageId);
  services.waste.clear(plan.file);
  const stage = stageOf(plan.stages, target);
  if (stage) {
    const costs = costsFromHistory(image, stage.chain);
    await Promise.all([rememberSizes(act, image, stage, costs), rememberHistory(act, image, stage, costs)]);
  }
  tellSuccess(act, tally, image);
  const { unpackedSize, compressedSize } = image;
  return { outcome: "built", tag: plan.tag, unpackedSize, compressedSize, ...tally };
}

function tellSuccess(
  { log, plan, console }: Act,
  { milliseconds, steps, cachedSteps }: BuildTally,
  { unpackedSize, compressedSize }: ImageDetails,
): void {
  const size =
    compressedSize === undefined
      ? l10n.t("{0} unpacked", formatBytes(unpackedSize))
      : l10n.t("{0} unpacked, {1} compressed", formatBytes(unpackedSize), formatBytes(compressedSize));
  const message = l10n.t("Built {0} in {1}: {2}.", plan.tag, formatDuration(milliseconds), size);
  log.line(`${message} ${l10n.t("{0} of {1} steps came from the cache.", cachedSteps, steps)}`);
  if (console !== undefined) return;

  const compare = l10n.t("Compare");
  const run = l10n.t("Run");
  void window.showInformationMessage(message, compare, run).then((answer) => {
    if (answer === compare)
      return commands.executeCommand("plimsoll.compareImageSizes", {
        ...{ preselected: [plan.tag], preselectedDockerfile: plan.file.fsPath },
      });
    if (answer === run)
      return commands.executeCommand("plimsoll.runImage", { image: plan.tag, confirm: true });
    return undefined;
  });
}

async function failed(
  act: Act,
  failure: Extract<EngineFailure, { kind: "build-failed" }>,
): Promise<BuildResult> {
  const { services, plan, building, log } = act;
  const { file, stages } = plan;
  const failedSteps = building.record.steps.filter((it) => it.state === "failed");
  const step = failedSteps.find((it) => it.step.name === failure.step) ?? failedSteps[0];
  const place = placeOfFailure(step?.step, failure.message, stages);
  const lastLines = failure.log.slice(-logLinesInProblem);
  const text = failureText(failure.message);
  const isMatched = act.console?.isMatched ?? false;
  if (isMatched) services.diagnostics.clear(file);
  else if (place !== undefined)
    services.diagnostics.report(file, place, l10n.t("The build failed here: {0}", text), lastLines);
  log.line(failure.message, "failure");
  if (place !== undefined) log.line(`${file.fsPath}:${place.line + 1}: error: ${text}`);

  const { context } = plan.request;
  const sources = await problemsInSources(step?.text() ?? "", place?.line, stages, context);
  if (!isMatched) services.diagnostics.reportSources(file, Uri.file(context), sources);
  for (const it of sources) log.line(inOneLine(context, it));
  await reportWarnings(act);
  await rememberTimes(act);
  tellFailure(act, place, text, sources);
  return {
    outcome: "build-failed",
    message: failure.message,
    line: place && place.line + 1,
    log: failure.log,
  };
}

function tellFailure(
  { services, plan, building, console }: Act,
  place: LinePlace | undefined,
  text: string,
  sources: readonly SourceMessage[],
): void {
  if (console !== undefined) return;
  const { file, tag } = plan;
  const source = sources.find((it) => it.severity === "error");
  const showLog = l10n.t("Show Log");
  const offers = [
    ...(source === undefined
      ? []
      : [
          {
            title: l10n.t("Show {0}", `${posix.basename(source.source)}:${source.line}`),
            act: () =>
              showPlace(Uri.joinPath(Uri.file(plan.request.context), source.source), source.line - 1),
          },
        ]),
    ...(place === undefined ? [] : [{ title: l10n.t("Show Line"), act: () => showPlace(file, place.line) }]),
    { title: showLog, act: () => void services.buildLogs.show(building.record.id) },
  ];
  const where = place === undefined ? "" : ` (${l10n.t("line {0}", place.line + 1)})`;
  const message = l10n.t("{0} was not built{1}: {2}", tag, where, text);
  void window
    .showErrorMessage(message, ...offers.map((it) => it.title))
    .then((answer) => offers.find((it) => it.title === answer)?.act());
}

/** As compilers write, and as the matcher `$plimsoll-build` reads. */
function inOneLine(context: string, { source, line, column, severity, message }: SourceMessage): string {
  const place = column === undefined ? `${line}` : `${line}:${column}`;
  return `${Uri.joinPath(Uri.file(context), source).fsPath}:${place}: ${severity}: ${message}`;
}

async function reportWarnings({ services, plan, building }: Act): Promise<void> {
  const { warnings } = building.record;
  const names = warnings.length === 0 ? [] : await services.language.ruleNames();
  services.diagnostics.reportWarnings(plan.file, warnings, names);
}

async function rememberTimes({ services, plan, building }: Act): Promise<void> {
  if (plan.stages !== undefined)
    await services.stepTimes.remember(plan.file, plan.stages, building.record.steps);
}

/** What the engine tells of each instruction at once; what is in the layers takes a reading of the image. */
async function rememberSizes(
  { services, plan, log }: Act,
  image: ImageDetails,
  stage: StageInfo,
  costs: StageSizes,
): Promise<void> {
  const { file, tag } = plan;
  await services.lineSizes.remember(file, stage, costs, image.compressedSize);
  const over = services.budgets.show(file, {
    ...{ stage, label: tag, references: [tag, ...image.tags], lines: costs.lines },
    measured: { disk: costs.total, transfer: image.compressedSize },
  });
  for (const it of over) log.line(`${file.fsPath}:${stage.line + 1}: ${it}`);
}

async function rememberHistory(
  { services, plan, commit }: Act,
  image: ImageDetails,
  stage: StageInfo,
  costs: StageSizes,
): Promise<void> {
  const { file, stages, request, tag } = plan;
  if (stages === undefined) return;
  const found = await commit;
  // What was typed and not saved is in no commit.
  const isDirty = found?.isDirty || request.dockerfileText !== undefined;
  const built = { image, tag, time: Date.now(), stage, stages: stages.stages, costs };
  const record = sizeRecord({ ...built, commit: found && { ...found, isDirty } }, instructionKey);
  await services.sizeRecords.remember(file, stageKey(stage), record);
}

function imageBefore({ services, plan }: Act, imageId: string): string | undefined {
  const { dockerfile, target } = plan.request;
  const last = services.memory
    .built()
    .find((it) => it.dockerfile === dockerfile && it.target === target && it.imageId !== imageId);
  return last?.imageId;
}

/** What was answered, but no value that looks secret: where one was given, it is asked for again. */
function answersToRepeat({ tag, request }: BuildPlan, answers: BuildAnswers): BuildAnswers {
  const { dockerfile, context, target, platform, buildArguments } = request;
  const all = Object.entries(buildArguments);
  const plain = all.filter(([name, value]) => !isSecretPair(name, value));
  const { secrets, dockerfileText: _, ...others } = answers;
  const untyped = Object.entries(secrets ?? {}).filter(([, from]) => from.kind !== "value");
  return {
    ...others,
    ...(untyped.length > 0 && { secrets: Object.fromEntries(untyped) }),
    dockerfile,
    context,
    tag,
    buildArguments: Object.fromEntries(plain),
    ...(target !== undefined && { target }),
    ...(platform !== undefined && { platform }),
    confirm: plain.length < all.length,
  };
}

function both(log: BuildWriter, console: BuildWriter | undefined): BuildWriter {
  if (console === undefined) return log;
  return {
    line(text, tone) {
      log.line(text, tone);
      console.line(text, tone);
    },
    output(text) {
      log.output(text);
      console.output(text);
    },
  };
}
