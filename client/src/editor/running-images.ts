import { env, l10n, StatusBarAlignment, type StatusBarItem, ThemeColor, Uri, window } from "vscode";
import type { RunningContainer } from "../engine/engine.ts";
import { failureOf } from "../engine-access.ts";
import { containerTerminal } from "./container-terminal.ts";

export type Health = Awaited<ReturnType<RunningContainer["health"]>>;

/** An image that a command started and that has not ended. */
export interface RunningImage {
  readonly image: string;
  readonly container: RunningContainer;
  /** `http://127.0.0.1:32768` of the first TCP port; undefined when none is published. */
  readonly url: string | undefined;
  /** Resolves with the first state that is not `starting`. */
  readonly settled: Promise<Health>;
  showTerminal(): void;
  /** Stops and removes the container; resolves to its exit code. Once stopped, gives that answer again. */
  stop(): Promise<number | undefined>;
}

/** What runs now, each with its terminal and an item in the status bar that tells its health. */
export interface RunningImages {
  readonly all: readonly RunningImage[];
  add(image: string, container: RunningContainer): RunningImage;
  /** Stops everything: nothing that the editor started outlives it. */
  dispose(): Promise<void>;
}

/** Often while a container starts, then as often as a health check usually runs. */
const msBetweenLooks = { starting: 500, later: 5_000 };

export function createRunningImages(): RunningImages {
  const running = new Set<RunningImage>();
  return {
    get all() {
      return [...running];
    },
    add(image, container) {
      const added = start(image, container, () => running.delete(added));
      running.add(added);
      return added;
    },
    dispose: async () => {
      await Promise.allSettled([...running].map((it) => it.stop()));
    },
  };
}

function start(image: string, container: RunningContainer, forget: () => void): RunningImage {
  const url = urlOf(container);
  const item = window.createStatusBarItem(`plimsoll.run.${container.id}`, StatusBarAlignment.Left);
  item.name = image;
  item.command = { command: "plimsoll.runningImage", title: image, arguments: [{ id: container.id }] };
  drawHealth(item, image, "starting", url);
  item.show();

  const watching = new AbortController();
  const ended = () => {
    watching.abort();
    item.dispose();
    forget();
  };
  let stopping: Promise<number | undefined> | undefined;
  const stop = () => {
    stopping ??= container.stop().finally(ended);
    return stopping;
  };
  const greeting = [
    l10n.t("{0} runs as {1}.", image, container.name),
    ...Object.entries(container.ports).map(([inside, outside]) => `${inside} → ${outside}.`),
    l10n.t("Ctrl+C stops it."),
  ].join(" ");
  const terminal = window.createTerminal({
    name: image,
    pty: containerTerminal(container, greeting, stop),
  });
  terminal.show(true);

  return {
    image,
    container,
    url,
    settled: watchHealth(container, watching.signal, (health) => drawHealth(item, image, health, url)),
    showTerminal: () => terminal.show(),
    stop,
  };
}

/** Calls `tell` with each look until the signal is aborted; resolves with the first state that is not `starting`. */
function watchHealth(
  container: RunningContainer,
  signal: AbortSignal,
  tell: (health: Health) => void,
): Promise<Health> {
  return new Promise((resolve) => {
    const look = async () => {
      const health = await container.health(signal).catch((error) => {
        if (failureOf(error) === undefined) throw error;
        return "stopped" as const;
      });
      if (health !== "starting") resolve(health);
      if (signal.aborted || health === "stopped") return resolve("stopped");
      tell(health);
      if (health === "none") return;
      const wait = setTimeout(look, health === "starting" ? msBetweenLooks.starting : msBetweenLooks.later);
      signal.addEventListener("abort", () => {
        clearTimeout(wait);
        resolve("stopped");
      });
    };
    void look();
  });
}

function drawHealth(item: StatusBarItem, image: string, health: Health, url: string | undefined): void {
  const icon = {
    starting: "loading~spin",
    healthy: "pass",
    unhealthy: "error",
    none: "vm-running",
    stopped: "vm",
  };
  const words = {
    starting: l10n.t("starting"),
    healthy: l10n.t("healthy"),
    unhealthy: l10n.t("unhealthy"),
    none: l10n.t("running"),
    stopped: l10n.t("stopped"),
  };
  item.text = `$(${icon[health]}) ${image}`;
  item.tooltip = [`${image}: ${words[health]}`, url].filter(Boolean).join("\n");
  item.accessibilityInformation = { label: `${image}, ${words[health]}` };
  item.backgroundColor = health === "unhealthy" ? new ThemeColor("statusBarItem.errorBackground") : undefined;
}

function urlOf({ ports }: RunningContainer): string | undefined {
  const address = Object.entries(ports).find(([port]) => !port.endsWith("/udp"))?.[1];
  return address === undefined ? undefined : `http://${address.replace(/^0\.0\.0\.0/, "127.0.0.1")}`;
}

/** In a remote window VS Code forwards the port. */
export async function openInBrowser(url: string): Promise<void> {
  await env.openExternal(Uri.parse(url));
}
