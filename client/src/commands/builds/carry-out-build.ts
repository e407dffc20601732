import { l10n, ProgressLocation, Uri, window } from "vscode";
import type { BuildEnd } from "../../builds/build-record.ts";
import type { BuildAnswers } from "../../editor/builds/build-draft.ts";
import type { BuildWriter } from "../../editor/builds/build-logs.ts";
import type { BuildPlan } from "../../editor/builds/build-plan.ts";
import { type BuildTally, followBuild, logEvent, showProgress } from "../../editor/builds/build-progress.ts";
import { problemsInSources } from "../../editor/builds/source-problems.ts";
import { placeOfFailure } from "../../editor/builds/step-place.ts";
import { failureText } from "../../editor/failure-text.ts";
import { type Pushed, showPushed } from "../../editor/images/pushed-image.ts";
import { commitNow } from "../../editor/revisions/git-repository.ts";
import type { BuildEvent } from "../../engine/build/build-types.ts";
import type { Engine, EngineFailure } from "../../engine/engine.ts";
import { failureOf } from "../../engine-access.ts";
import type { Services } from "../command.ts";
import type { NotDone } from "../with-engine.ts";
import type { BuildConsole, OngoingBuild } from "./ongoing-build.ts";
import { answersToRepeat, imageBefore, rememberTimes, rememberWeight } from "./remember-build.ts";
import { inOneLine, tellFailure, tellSuccess } from "./tell-build-end.ts";

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
  const build: OngoingBuild = { services, engine, plan, building, log, console, commit };
  let end: BuildEnd = { state: "cancelled" };
  try {
    const tally = await (console === undefined
      ? followInNotification(build)
      : follow(build, AbortSignal.any([building.signal, console.signal])));
    const before = imageBefore(build, tally.imageId);
    end = { state: "built", imageId: tally.imageId, before };
    return await succeeded(build, tally);
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind === "cancelled") log.line(l10n.t("Cancelled."), "failure");
    else end = { state: "failed", message: error instanceof Error ? error.message : String(error) };
    if (failure?.kind !== "build-failed") {
      // Whoever has the console is told by what is thrown.
      if (end.state === "failed") ownLog.line(end.message, "failure");
      throw error;
    }
    return await failed(build, failure);
  } finally {
    building.finish(end);
    buildLogs.end(id);
  }
}

function follow(
  { engine, plan, building, log }: OngoingBuild,
  signal: AbortSignal,
  watch?: (event: BuildEvent) => void,
): Promise<BuildTally> {
  return followBuild(engine.build(plan.request, signal), (event) => {
    building.take(event);
    logEvent(log, event);
    watch?.(event);
  });
}

async function followInNotification(build: OngoingBuild): Promise<BuildTally> {
  const { plan, building, services } = build;
  return window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t("Building {0}", plan.tag), cancellable: true },
    (progress, token) => {
      token.onCancellationRequested(() => services.builds.cancel(building.record.id));
      return follow(build, building.signal, showProgress(building.record, progress));
    },
  );
}

async function succeeded(build: OngoingBuild, tally: BuildTally): Promise<BuildResult> {
  const { services, engine, plan } = build;
  const { dockerfile, target } = plan.request;
  services.diagnostics.clear(plan.file);
  services.scanDiagnostics.clear(plan.file);
  await reportWarnings(build);
  await rememberTimes(build);
  if (plan.request.builder?.output === "push")
    return showPushed(build.log, plan.tag, tally, build.console !== undefined);
  await services.memory.rememberBuilt({ imageId: tally.imageId, tag: plan.tag, dockerfile, target });
  services.images.refresh();
  const image = await engine.inspectImage(tally.imageId);
  services.waste.clear(plan.file);
  await rememberWeight(build, image);
  tellSuccess(build, tally, image);
  const { unpackedSize, compressedSize } = image;
  return { outcome: "built", tag: plan.tag, unpackedSize, compressedSize, ...tally };
}

async function failed(
  build: OngoingBuild,
  failure: Extract<EngineFailure, { kind: "build-failed" }>,
): Promise<BuildResult> {
  const { services, plan, building, log } = build;
  const { file, stages } = plan;
  const failedSteps = building.record.steps.filter((it) => it.state === "failed");
  const step = failedSteps.find((it) => it.step.name === failure.step) ?? failedSteps[0];
  const place = placeOfFailure(step?.step, failure.message, stages);
  const lastLines = failure.log.slice(-logLinesInProblem);
  const text = failureText(failure.message);
  const isMatched = build.console?.isMatched ?? false;
  if (isMatched) services.diagnostics.clear(file);
  else if (place !== undefined)
    services.diagnostics.report(file, place, l10n.t("The build failed here: {0}", text), lastLines);
  log.line(failure.message, "failure");
  if (place !== undefined) log.line(`${file.fsPath}:${place.line + 1}: error: ${text}`);

  const { context } = plan.request;
  const sources = await problemsInSources(step?.text() ?? "", place?.line, stages, context);
  if (!isMatched) services.diagnostics.reportSources(file, Uri.file(context), sources);
  for (const it of sources) log.line(inOneLine(context, it));
  await reportWarnings(build);
  await rememberTimes(build);
  tellFailure(build, place, text, sources);
  return {
    outcome: "build-failed",
    message: failure.message,
    line: place && place.line + 1,
    log: failure.log,
  };
}

async function reportWarnings({ services, plan, building }: OngoingBuild): Promise<void> {
  const { warnings } = building.record;
  const names = warnings.length === 0 ? [] : await services.language.ruleNames();
  services.diagnostics.reportWarnings(plan.file, warnings, names);
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
