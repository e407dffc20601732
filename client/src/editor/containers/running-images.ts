import { l10n, StatusBarAlignment, window } from "vscode";
import type { Health } from "../../engine/containers/container-types.ts";
import type { Output } from "../../engine/containers/logs.ts";
import type { RunningContainer, StopOptions } from "../../engine/engine.ts";
import { followLife, type Life, type OwnEnd } from "./container-life.ts";
import { logTerminal } from "./container-terminal.ts";
import { drawHealth } from "./health-item.ts";
import { urlOf } from "./port-url.ts";
import { sessionTerminal } from "./session-terminal.ts";

/** An image that a command started and that has not ended. */
export interface RunningImage {
  readonly image: string;
  readonly container: RunningContainer;
  /** `http://127.0.0.1:32768` of the first TCP port; undefined when none is published. Another one after a restart. */
  readonly url: string | undefined;
  /** Resolves with the first state that is not `starting`. */
  readonly settled: Promise<Health>;
  /** Resolves to the exit code when it has ended and, unless it is to be kept, was removed. */
  readonly ended: Promise<number | undefined>;
  /** Resolves when it has ended without being asked to; to undefined when it was stopped, or nobody knows. */
  readonly ownEnd: Promise<OwnEnd | undefined>;
  showTerminal(): void;
  /** Undefined for an interactive one: what was typed to it is lost. */
  readonly restart: (() => Promise<void>) | undefined;
  /** Stops and, unless it is to be kept, removes the container; resolves to its exit code. */
  stop(options?: StopOptions): Promise<number | undefined>;
}

/** What runs now, each with its terminal and an item in the status bar that tells its health. */
export interface RunningImages {
  readonly all: readonly RunningImage[];
  add(image: string, container: RunningContainer): RunningImage;
  /** Stops everything: nothing that the editor started outlives it. */
  dispose(): Promise<void>;
}

/** Of the images that this window has started. */
export function createRunningImages(): RunningImages {
  const running = new Set<RunningImage>();
  return {
    get all() {
      return [...running];
    },
    add(image, container) {
      const added = start(image, container);
      running.add(added);
      const forget = () => running.delete(added);
      added.ended.then(forget, forget);
      return added;
    },
    dispose: async () => {
      // VS Code gives a few seconds, fewer than most grace times.
      await Promise.allSettled([...running].map((it) => it.stop({ graceSeconds: 1 })));
    },
  };
}

function start(image: string, container: RunningContainer): RunningImage {
  const item = window.createStatusBarItem(`plimsoll.run.${container.id}`, StatusBarAlignment.Left);
  item.name = image;
  item.command = { command: "plimsoll.runningImage", title: image, arguments: [{ id: container.id }] };
  let url = urlOf(container.ports);
  drawHealth(item, image, "starting", url);
  item.show();

  const life = followLife(container, item, (state) => {
    url = urlOf(state.ports) ?? url;
    drawHealth(item, image, state.health, url);
  });
  const greeting = [
    l10n.t("{0} runs as {1}.", image, container.name),
    ...Object.entries(container.ports).map(([inside, outside]) => `${inside} → ${outside}.`),
    container.terminal ? "" : l10n.t("Ctrl+C stops it."),
  ].join(" ");
  const open = () =>
    window.createTerminal({ name: image, pty: terminalOf(container, greeting.trim(), life) });
  let terminal = open();
  terminal.show(true);

  return {
    image,
    container,
    get url() {
      return url;
    },
    settled: life.settled,
    ended: life.ended,
    ownEnd: life.ownEnd,
    showTerminal() {
      // One that was closed is opened anew; an interactive one ends with its terminal.
      if (terminal.exitStatus !== undefined && !container.terminal) terminal = open();
      terminal.show();
    },
    restart: container.terminal ? undefined : life.restart,
    stop: life.stop,
  };
}

function terminalOf(container: RunningContainer, greeting: string, life: Life) {
  if (container.terminal)
    return sessionTerminal(
      container.terminal,
      greeting,
      async () => {
        const exitCode = await life.ended.catch(() => undefined);
        const text =
          exitCode === undefined ? l10n.t("Ended.") : l10n.t("Ended with exit code {0}.", exitCode);
        return { text, exitCode };
      },
      // The window was the program's only way to the user.
      () => void life.stop().catch(() => {}),
    );
  return logTerminal({
    greeting,
    output: (signal) => outputOfAllRuns(container, life, signal),
    end: () => life.ended,
    interrupt: async (again) => void (await life.stop(again ? { graceSeconds: 0 } : {})),
  });
}

async function* outputOfAllRuns(
  container: RunningContainer,
  life: Life,
  signal: AbortSignal,
): AsyncGenerator<Output | { readonly note: string }> {
  for (let seen = await life.nextRun(0); seen !== undefined; ) {
    // All of the first run, even if the terminal is opened late; of a later one what it wrote itself.
    yield* container.logs(signal, seen.number > 1 ? seen.startedAt : undefined);
    seen = await life.nextRun(seen.number);
    if (seen !== undefined) yield { note: l10n.t("Restarted.") };
  }
}
