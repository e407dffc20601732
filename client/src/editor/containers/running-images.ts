import { l10n, StatusBarAlignment, type StatusBarItem, window } from "vscode";
import type { ContainerState, Health } from "../../engine/containers/container-types.ts";
import type { Output } from "../../engine/containers/logs.ts";
import type { RunningContainer, StopOptions } from "../../engine/engine.ts";
import { failureOf } from "../../engine-access.ts";
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

export interface OwnEnd {
  readonly exitCode: number;
  /** How long it ran. */
  readonly milliseconds: number;
  /** The last that it wrote. */
  readonly lines: readonly string[];
}

/** What runs now, each with its terminal and an item in the status bar that tells its health. */
export interface RunningImages {
  readonly all: readonly RunningImage[];
  add(image: string, container: RunningContainer): RunningImage;
  /** Stops everything: nothing that the editor started outlives it. */
  dispose(): Promise<void>;
}

/** What ended and does not start again within that was not restarted by someone else. ms. */
const restartTime = 1_000;
/** Of what ended by itself. */
const lastLines = 5;

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

interface Run {
  /** From 1. */
  readonly number: number;
  /** ms since 1970 by the engine's clock. */
  readonly startedAt: number;
}

/** From its start to its end, restarts in between. */
interface Life {
  readonly settled: Promise<Health>;
  readonly ended: Promise<number | undefined>;
  readonly ownEnd: Promise<OwnEnd | undefined>;
  /** The first run after that many; undefined when none comes any more. */
  nextRun(after: number): Promise<Run | undefined>;
  restart(): Promise<void>;
  stop(options?: StopOptions): Promise<number | undefined>;
}

/** Follows the engine's events until the container has ended for good, then removes it as it was asked to. */
function followLife(
  container: RunningContainer,
  item: StatusBarItem,
  tell: (state: ContainerState) => void,
): Life {
  const began = performance.now();
  const watching = new AbortController();
  const settled = deferred<Health>();
  const ended = deferred<number | undefined>();
  const ownEnd = deferred<OwnEnd | undefined>();
  // Whoever waits hears of it; nobody has to.
  ended.promise.catch(() => {});
  let run: Run | undefined;
  let isOver = false;
  const waiting = new Set<{ readonly after: number; readonly resolve: (run: Run | undefined) => void }>();
  const tellWaiting = () => {
    for (const it of waiting)
      if (isOver || (run && run.number > it.after)) {
        waiting.delete(it);
        it.resolve(run && run.number > it.after ? run : undefined);
      }
  };

  let stopping: Promise<number | undefined> | undefined;
  const stop = (options?: StopOptions) => {
    // The second time with less patience: both then see it end.
    if (stopping && options?.graceSeconds === 0) void container.stop(undefined, options).catch(() => {});
    stopping ??= container.stop(undefined, options).finally(() => {
      isOver = true;
      watching.abort();
      item.dispose();
      settled.resolve("stopped");
      ownEnd.resolve(undefined);
      tellWaiting();
    });
    stopping.then(ended.resolve, ended.reject);
    return stopping;
  };
  /** It has ended by itself: its last words are read before it is removed. */
  const bury = async ({ exitCode }: ContainerState) => {
    const dead = run;
    const milliseconds = performance.now() - began - restartTime;
    const lines = await container.lastLines(lastLines).catch(() => []);
    // Stopped, or restarted by someone else in that moment.
    if (stopping !== undefined || run !== dead) return;
    if (exitCode !== undefined) ownEnd.resolve({ exitCode, milliseconds, lines });
    await stop().catch(() => {});
  };

  let restarts = 0;
  let goodbye: NodeJS.Timeout | undefined;
  const see = (state: ContainerState) => {
    clearTimeout(goodbye);
    if (state.startedAt !== run?.startedAt && state.startedAt > 0) {
      run = { number: (run?.number ?? 0) + 1, startedAt: state.startedAt };
      tellWaiting();
    }
    if (state.health === "stopped") {
      if (restarts === 0) goodbye = setTimeout(() => void bury(state), restartTime);
      return;
    }
    if (state.health !== "starting") settled.resolve(state.health);
    tell(state);
  };
  const watch = async () => {
    for await (const state of container.watch(watching.signal)) see(state);
  };
  watch()
    .catch((error) => {
      if (failureOf(error) === undefined) throw error;
    })
    // It is gone, or the engine is.
    .finally(() => {
      clearTimeout(goodbye);
      if (!isOver) return void stop().catch(() => {});
    });

  return {
    settled: settled.promise,
    ended: ended.promise,
    ownEnd: ownEnd.promise,
    nextRun: (after) =>
      new Promise((resolve) => {
        waiting.add({ after, resolve });
        tellWaiting();
      }),
    async restart() {
      restarts++;
      try {
        await container.restart();
      } finally {
        restarts--;
        // It may not have come up again.
        if (!isOver && (await container.health().catch(() => "stopped")) === "stopped")
          void stop().catch(() => {});
      }
    },
    stop,
  };
}

/** `Promise.withResolvers`, which the Node of the oldest VS Code lacks. */
function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
