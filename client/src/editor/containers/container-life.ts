import type { StatusBarItem } from "vscode";
import type { ContainerState, Health } from "../../engine/containers/container-types.ts";
import type { RunningContainer, StopOptions } from "../../engine/engine.ts";
import { failureOf } from "../../engine-access.ts";

/** How a container ended without being asked to. */
export interface OwnEnd {
  readonly exitCode: number;
  /** How long it ran. */
  readonly milliseconds: number;
  /** The last that it wrote. */
  readonly lines: readonly string[];
}

/** What ended and does not start again within that was not restarted by someone else. ms. */
const restartTime = 1_000;
/** Of what ended by itself. */
const lastLines = 5;

/** One run of a container, from a start to the next. */
interface Run {
  /** From 1. */
  readonly number: number;
  /** ms since 1970 by the engine's clock. */
  readonly startedAt: number;
}

/** From its start to its end, restarts in between. */
export interface Life {
  readonly settled: Promise<Health>;
  readonly ended: Promise<number | undefined>;
  readonly ownEnd: Promise<OwnEnd | undefined>;
  /** The first run after that many; undefined when none comes any more. */
  nextRun(after: number): Promise<Run | undefined>;
  restart(): Promise<void>;
  stop(options?: StopOptions): Promise<number | undefined>;
}

/** Follows the engine's events until the container has ended for good, then removes it as it was asked to. */
export function followLife(
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
