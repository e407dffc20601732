import { setTimeout as sleep } from "node:timers/promises";
import { ask, type Connection, call } from "./connection.ts";
import type { ContainerState } from "./container-types.ts";

type Checked = "starting" | "healthy" | "unhealthy";

/** What is read of `/version`. */
interface Version {
  readonly Components?: readonly {
    readonly Name: string;
    readonly Details?: { readonly MinAPIVersion?: string };
  }[];
}

/** An image that names no interval is checked as often as that, in ms (Dockerfile reference, HEALTHCHECK). */
const usualInterval = 30_000;

/**
 * Podman leaves the running of health checks to systemd's timers, and where there is none a container is `starting` for ever (4.3.1 and
 * 5.8.6). The answer runs the container's check through Podman's own API when its interval (nanoseconds) has gone by; undefined when it was
 * not run, as with Docker. Throws the errors of Node and dockerode.
 */
export function podmanChecks(
  connection: Connection,
  container: string,
): (interval: number | undefined, signal: AbortSignal | undefined) => Promise<Checked | undefined> {
  let version: Promise<string | undefined> | undefined;
  let last = performance.now();
  return async (interval, signal) => {
    const pause = interval ? interval / 1e6 : usualInterval;
    if (performance.now() < last + pause) return undefined;
    version ??= podmanVersion(connection);
    const api = await version;
    if (api === undefined) return undefined;
    last = performance.now();
    const path = `/v${api}/libpod/containers/${container}/healthcheck`;
    const result = (await call(connection, { method: "GET", path }, signal)) as { readonly Status?: string };
    const status = result.Status;
    return status === "starting" || status === "healthy" || status === "unhealthy" ? status : undefined;
  };
}

/**
 * `states`, and on Podman the container's check at its interval in between: that is what tells its health there. With Docker nothing is added.
 * Throws EngineError.
 */
export async function* checkedStates(
  connection: Connection,
  states: AsyncIterable<ContainerState>,
  runCheck: ReturnType<typeof podmanChecks>,
  interval: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<ContainerState> {
  const all = states[Symbol.asyncIterator]();
  let state: ContainerState | undefined;
  let next = all.next();
  // It is awaited below; a check may fail before.
  next.catch(() => {});
  const isPodman =
    (await ask(connection, "asking for its version", signal, () => podmanVersion(connection))) !== undefined;
  // A moment longer than the interval, before which no check is run.
  const pause = (interval ? interval / 1e6 : usualInterval) + 10;
  try {
    for (;;) {
      const isChecked = isPodman && state && state.health !== "none" && state.health !== "stopped";
      const alarm = new AbortController();
      const told = await (isChecked
        ? Promise.race([next, sleep(pause, undefined, { signal: alarm.signal })])
        : next
      ).finally(() => alarm.abort());
      if (told) {
        if (told.done) return;
        state = told.value;
        yield state;
        next = all.next();
        next.catch(() => {});
        continue;
      }
      const health = await ask(connection, "running its health check", signal, () =>
        runCheck(interval, signal),
      );
      if (state && health !== undefined && health !== state.health) {
        state = { ...state, health };
        yield state;
      }
    }
  } finally {
    // Not awaited: it may be waiting for an event, and ends with the signal at the latest.
    void all.return?.(undefined)?.catch(() => {});
  }
}

/** The oldest version of its own API that Podman answers to; undefined for another engine. */
async function podmanVersion(connection: Connection): Promise<string | undefined> {
  const { Components } = (await call(connection, { method: "GET", path: "/version" })) as Version;
  const podman = Components?.find((it) => it.Name === "Podman Engine");
  return podman && (podman.Details?.MinAPIVersion ?? "4.0.0");
}
