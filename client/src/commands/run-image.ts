import { commands, l10n, window } from "vscode";
import { looksSecret } from "../editor/image-name.ts";
import { pickImages } from "../editor/pick-images.ts";
import { type Health, openInBrowser } from "../editor/running-images.ts";
import { confirmSheet } from "../editor/sheet.ts";
import type { Engine, ImageDetails, RunningContainer, RunRequest } from "../engine/engine.ts";
import { failureOf } from "../engine-access.ts";
import type { Command, Services } from "./command.ts";
import { cancelled, type NotDone, withEngine } from "./with-engine.ts";

export interface RunAnswers {
  /** A tag or an id. */
  readonly image?: string;
  /** Instead of `image`: the last one built from this stage of this Dockerfile; it is built if there is none. */
  readonly dockerfile?: string;
  readonly target?: string;
  /** Container port → host port, 0 for a free one; what the image exposes when absent. */
  readonly ports?: Readonly<Record<string, number>>;
  /** `NAME=value` each. */
  readonly environment?: readonly string[];
  /** Shows the sheet although the image is known. */
  readonly confirm?: boolean;
  /** Resolves only when the health check has said yes or no. */
  readonly waitForHealth?: boolean;
}

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
  | NotDone;

/** Runs an image: its output in a terminal, its health in the status bar. */
export const runImage: Command<RunAnswers, RunResult> = {
  id: "plimsoll.runImage",
  run: (services, answers) =>
    withEngine<RunResult>(services, runImage.id, answers, async (engine) => {
      const image = await imageToRun(services, engine, answers);
      if (image === undefined) return cancelled;
      const details = await engine.inspectImage(image);
      const request = await requestFor(image, details, answers);
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
  if (answers.dockerfile === undefined)
    return (await pickImages(engine, services.memory, { many: false }))?.[0];

  const built = services.memory
    .built()
    .find((it) => it.dockerfile === answers.dockerfile && it.target === answers.target);
  const there = built && (await engine.images()).some((it) => it.id === built.imageId);
  if (built !== undefined && there === true) return built.tag;
  const result = await commands.executeCommand<{ outcome: string; tag?: string }>("plimsoll.buildImage", {
    dockerfile: answers.dockerfile,
    target: answers.target,
  });
  return result.outcome === "built" ? result.tag : undefined;
}

async function requestFor(
  image: string,
  { config }: ImageDetails,
  answers: RunAnswers,
): Promise<RunRequest | undefined> {
  // The port that the image names is the one that one would type; a taken one is replaced by a free one.
  let ports =
    answers.ports ?? Object.fromEntries(config.exposedPorts.map((port) => [port, Number.parseInt(port, 10)]));
  let environment = answers.environment ?? [];
  if (answers.image === undefined || answers.confirm === true) {
    const confirmed = await confirmSheet(
      l10n.t("Run Image"),
      () => ({ icon: "play", label: l10n.t("Run {0}", image) }),
      () => [
        {
          icon: "plug",
          label: l10n.t("Ports"),
          value: portsAsText(ports) || l10n.t("none"),
          change: async () => {
            ports = (await askPorts(ports)) ?? ports;
          },
        },
        {
          icon: "symbol-variable",
          label: l10n.t("Environment"),
          value: environment.map(shownVariable).join(" ") || l10n.t("as in the image"),
          change: async () => {
            environment = (await askEnvironment(environment)) ?? environment;
          },
        },
      ],
    );
    if (!confirmed) return undefined;
  }
  return { image, ports, environment };
}

async function run(
  services: Services,
  engine: Engine,
  request: RunRequest,
  wait: boolean,
): Promise<RunResult> {
  const container = await startOnFreePorts(engine, request);
  const running = services.running.add(request.image, container);
  const { url } = running;
  void running.settled.then((health) => tellHealth(request.image, health, url, running.showTerminal));
  const health = wait ? await running.settled : undefined;
  const { id, name, ports } = container;
  return { outcome: "running", id, name, image: request.image, ports, url, health };
}

/** Takes free host ports when one of those asked for is in use. */
async function startOnFreePorts(engine: Engine, request: RunRequest): Promise<RunningContainer> {
  try {
    return await engine.run(request);
  } catch (error) {
    if (failureOf(error)?.kind !== "conflict") throw error;
    const free = Object.fromEntries(Object.keys(request.ports).map((port) => [port, 0]));
    return engine.run({ ...request, ports: free });
  }
}

function tellHealth(image: string, health: Health, url: string | undefined, showTerminal: () => void): void {
  if (health === "stopped") return;
  const logs = l10n.t("Show Logs");
  if (health === "unhealthy") {
    void window
      .showWarningMessage(l10n.t("{0} runs, but its health check fails.", image), logs)
      .then((answer) => {
        if (answer === logs) showTerminal();
      });
    return;
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

function portsAsText(ports: Readonly<Record<string, number>>): string {
  return Object.entries(ports)
    .map(([inside, outside]) => `${outside}:${inside}`)
    .join(" ");
}

async function askPorts(
  ports: Readonly<Record<string, number>>,
): Promise<Record<string, number> | undefined> {
  const text = await window.showInputBox({
    title: l10n.t("Ports"),
    prompt: l10n.t("Host port:container port, with spaces between; host port 0 takes a free one."),
    value: portsAsText(ports),
    validateInput: (it) => (parsePorts(it) ? undefined : l10n.t("For example 8080:8080/tcp 0:9090")),
  });
  return text === undefined ? undefined : parsePorts(text);
}

function parsePorts(text: string): Record<string, number> | undefined {
  const words = text.split(/\s+/).filter(Boolean);
  const pairs = words.map((word) => /^(\d{1,5}):(\d{1,5})(?:\/(tcp|udp))?$/.exec(word));
  if (pairs.some((it) => it === null || Number(it[1]) > 65535 || Number(it[2]) > 65535)) return undefined;
  return Object.fromEntries(pairs.map((it) => [`${it?.[2]}/${it?.[3] ?? "tcp"}`, Number(it?.[1])]));
}

async function askEnvironment(environment: readonly string[]): Promise<string[] | undefined> {
  const text = await window.showInputBox({
    title: l10n.t("Environment"),
    prompt: l10n.t("NAME=value, with spaces between"),
    value: environment.join(" "),
    validateInput: (it) =>
      it.split(/\s+/).filter(Boolean).every(isVariable) ? undefined : l10n.t("For example LOG_LEVEL=debug"),
  });
  return text?.split(/\s+/).filter(Boolean);
}

function isVariable(word: string): boolean {
  return /^[A-Za-z_]\w*=/.test(word);
}

function shownVariable(variable: string): string {
  const name = variable.split("=")[0] ?? "";
  return looksSecret(name) ? `${name}=•••` : variable;
}
