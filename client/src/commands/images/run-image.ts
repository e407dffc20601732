import path from "node:path";
import { l10n, window } from "vscode";
import type { OwnEnd } from "../../editor/containers/container-life.ts";
import { openInBrowser } from "../../editor/containers/container-url.ts";
import { planRun, type RunAnswers } from "../../editor/containers/run-plan.ts";
import type { RunningImage } from "../../editor/containers/running-images.ts";
import { pickImage } from "../../editor/images/pick-images.ts";
import { withLateProgress } from "../../editor/late-progress.ts";
import type { Health } from "../../engine/containers/container-types.ts";
import type { Engine, RunningContainer, RunRequest } from "../../engine/engine.ts";
import { failureOf } from "../../engine-access.ts";
import { textWithoutSecrets } from "../../shared/secrets.ts";
import { currentImage } from "../builds/current-image.ts";
import type { Command, Services } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";

export type RunResult =
  | {
      readonly outcome: "running";
      readonly id: string;
      readonly name: string;
      readonly image: string;
      /** Container port → address, `127.0.0.1:32768`. */
      readonly ports: Readonly<Record<string, string>>;
      readonly url: string | undefined;
      readonly health: Health | undefined;
    }
  /** By itself, before it was ready; only for who waits for that. */
  | (OwnEnd & {
      readonly outcome: "ended";
      readonly id: string;
      readonly name: string;
      readonly image: string;
    })
  | NotDone;

/** Runs an image: its output in a terminal, its health in the status bar. */
export const runImage: Command<RunAnswers, RunResult> = {
  id: "plimsoll.runImage",
  run: (services, answers) =>
    withEngine<RunResult>(services, runImage.id, answers, async (engine) => {
      const image = await imageToRun(services, engine, answers);
      if (image === undefined) return cancelled;
      const details = await withLateProgress(l10n.t("Looking at {0}", image), (signal) =>
        engine.inspectImage(image, signal),
      );
      const built = services.memory.built().find((it) => it.imageId === details.id);
      const folder = built && path.dirname(built.dockerfile);
      const request = await planRun(image, details, services.runMemory, answers, folder);
      if (request === undefined) return cancelled;
      return run(services, engine, request, answers.waitForHealth === true);
    }),
};

async function imageToRun(
  services: Services,
  engine: Engine,
  answers: RunAnswers,
): Promise<string | undefined> {
  if (answers.image !== undefined) return answers.image;
  if (answers.dockerfile === undefined) return pickImage(engine, services.memory);
  return (await currentImage(services, engine, answers.dockerfile, answers.target))?.tag;
}

async function run(
  services: Services,
  engine: Engine,
  request: RunRequest,
  wait: boolean,
): Promise<RunResult> {
  const container = await withLateProgress(l10n.t("Starting {0}", request.image), (signal) =>
    startOnFreePorts(engine, request, signal),
  );
  const running = services.running.add(request.image, container);
  const { url } = running;
  services.views.refresh();
  running.ended.then(services.views.refresh, services.views.refresh);
  void running.settled.then((health) => tellHealth(request, health, running));
  void running.ownEnd.then((end) => end && tellEnd(request, end, running.showTerminal));
  const health = wait ? await running.settled : undefined;
  const end = health === "stopped" ? await running.ownEnd : undefined;
  const { id, name, ports } = container;
  if (end !== undefined) return { outcome: "ended", id, name, image: request.image, ...end };
  return { outcome: "running", id, name, image: request.image, ports, url, health };
}

/** Takes a free host port in place of each of those asked for that is in use. */
async function startOnFreePorts(
  engine: Engine,
  request: RunRequest,
  signal: AbortSignal,
): Promise<RunningContainer> {
  let { ports } = request;
  for (;;) {
    try {
      return await engine.run({ ...request, ports }, signal);
    } catch (error) {
      const failure = failureOf(error);
      const busy = failure?.kind === "conflict" ? failure.port : undefined;
      const taken = Object.entries(ports).filter(([, outside]) => outside === busy && busy !== 0);
      if (taken.length === 0) throw error;
      ports = { ...ports, ...Object.fromEntries(taken.map(([inside]) => [inside, 0])) };
    }
  }
}

async function tellHealth(
  { image, interactive }: RunRequest,
  health: Health,
  { url, container, showTerminal }: RunningImage,
): Promise<void> {
  // Whoever types in its terminal sees how it is.
  if (health === "stopped" || (interactive && health === "none")) return;
  if (health === "unhealthy") {
    const said = await container.lastCheck().catch(() => undefined);
    const message =
      said === undefined
        ? l10n.t("{0} runs, but its health check fails.", image)
        : l10n.t("{0} runs, but its health check fails: {1}", image, inOneLine([said]));
    return warnWithLogs(message, showTerminal);
  }
  if (url === undefined) return;
  const open = l10n.t("Open in Browser");
  const message =
    health === "healthy"
      ? l10n.t("{0} is healthy at {1}.", image, url)
      : l10n.t("{0} runs at {1}.", image, url);
  void window.showInformationMessage(message, open).then((answer) => {
    if (answer === open) return openInBrowser(url);
    return undefined;
  });
}

/** Of Ctrl+C and of a plain stop, whoever sent them: nothing went wrong. */
const wasStopped = new Set([130, 143]);
/** A service that serves ends no sooner, even where it says that all went well. ms. */
const atOnce = 10_000;

/** A tool that has done its work says so in its terminal; what failed, or should have served, is not to be overlooked there. */
function tellEnd({ image, interactive, ports }: RunRequest, end: OwnEnd, showTerminal: () => void): void {
  const { exitCode, milliseconds, lines } = end;
  const isService = Object.keys(ports).length > 0 && milliseconds < atOnce;
  if (interactive || wasStopped.has(exitCode) || (exitCode === 0 && !isService)) return;
  const message =
    lines.length === 0
      ? l10n.t("{0} ended with exit code {1}, and wrote nothing.", image, exitCode)
      : l10n.t("{0} ended with exit code {1}: {2}", image, exitCode, inOneLine(lines));
  warnWithLogs(message, showTerminal);
}

function warnWithLogs(message: string, showTerminal: () => void): void {
  const logs = l10n.t("Show Logs");
  void window.showWarningMessage(message, logs).then((answer) => {
    if (answer === logs) showTerminal();
  });
}

/** More does not fit into a notification. */
const mostTold = 300;

/** The end of a text for a notification, which has no lines; without what looks secret, as notifications are kept. */
function inOneLine(lines: readonly string[]): string {
  const text = textWithoutSecrets(lines.join("\n")).replace(/\s*\n\s*/g, " ⏎ ");
  return text.length > mostTold ? `…${text.slice(1 - mostTold)}` : text;
}
