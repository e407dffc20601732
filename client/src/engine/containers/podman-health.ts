import { setTimeout as sleep } from "node:timers/promises";
import { ask, type Connection, call, callForList } from "../connection.ts";
import { toEngineError } from "../failures.ts";
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

/** How a container is to be checked. */
export interface CheckTimes {
  /** ms; the usual one when undefined or 0. */
  readonly interval: number | undefined;
  /** How many answers in a row may be no before that counts; what the container says when undefined. */
  readonly retries?: number | undefined;
}

/** The checks of one container where they are ours to run. */
export interface PodmanChecks {
  /** ms between two checks. */
  readonly pause: number;
  /** Runs the check when its interval has gone by; undefined when it was not run, as with Docker. Throws the errors of Node and dockerode. */
  run(signal: AbortSignal | undefined): Promise<Checked | undefined>;
  /** What counts of the health that Podman tells. */
  counted<T extends string>(health: T): T | "starting";
}

/**
 * Podman leaves the running of health checks to systemd's timers, and where there is none a container is `starting` for ever (4.3.1, 5.4.2 and
 * 5.8.6). These run the container's check through Podman's own API. It also takes the times of the checks from the image when only they are
 * given (5.4.2), so they are kept here.
 */
export function podmanChecks(
  connection: Connection,
  container: string,
  { interval, retries }: CheckTimes,
): PodmanChecks {
  const pause = interval || usualInterval;
  let last = performance.now();
  let refusals = 0;
  const counted = <T extends string>(health: T) =>
    health === "unhealthy" && retries !== undefined && refusals < retries ? "starting" : health;
  return {
    pause,
    counted,
    async run(signal) {
      if (performance.now() < last + pause) return undefined;
      const api = await podmanVersion(connection);
      if (api === undefined) return undefined;
      last = performance.now();
      const path = `/v${api}/libpod/containers/${container}/healthcheck`;
      try {
        const { Status } = (await call(connection, { method: "GET", path }, signal)) as {
          readonly Status?: string;
        };
        const status = checked(Status);
        refusals = status === "unhealthy" ? refusals + 1 : 0;
        return status && counted(status);
      } catch (error) {
        // It does not run just now, as in the middle of a restart, or it is gone: that is not for the check to tell.
        const known = toEngineError(error, connection.address, "running its health check", signal);
        if (["conflict", "not-found"].includes(known.failure.kind)) return undefined;
        throw known;
      }
    },
  };
}

/**
 * The containers of a list with what Podman says of their health: its list in Docker's form leaves it out (4.3.1 and 5.4.2), its own has it.
 * Unchanged with another engine. Throws the errors of Node and dockerode.
 */
export async function withPodmanHealth<Container extends { readonly id: string; readonly health: string }>(
  connection: Connection,
  containers: readonly Container[],
  signal: AbortSignal | undefined,
): Promise<readonly (Container | (Container & { readonly health: Checked }))[]> {
  if (!containers.some((it) => it.health === "none")) return containers;
  const api = await podmanVersion(connection);
  if (api === undefined) return containers;
  const path = `/v${api}/libpod/containers/json`;
  const listed = await callForList<{ readonly Id: string; readonly Status?: string }>(
    connection,
    { method: "GET", path },
    signal,
  );
  const told = new Map(listed.map((it) => [it.Id, checked(it.Status)]));
  return containers.map((it) => {
    const health = it.health === "none" ? told.get(it.id) : undefined;
    return health === undefined ? it : { ...it, health };
  });
}

function checked(status: string | undefined): Checked | undefined {
  return status === "starting" || status === "healthy" || status === "unhealthy" ? status : undefined;
}

/**
 * `states`, and on Podman the container's check at its interval in between: that is what tells its health there. With Docker nothing is added.
 * Throws EngineError.
 */
export async function* checkedStates(
  connection: Connection,
  states: AsyncIterable<ContainerState>,
  checks: PodmanChecks,
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
  const pause = checks.pause + 10;
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
        state = isPodman ? { ...told.value, health: checks.counted(told.value.health) } : told.value;
        yield state;
        next = all.next();
        next.catch(() => {});
        continue;
      }
      const health = await ask(connection, "running its health check", signal, () => checks.run(signal));
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

/** By connection: an engine does not become another one. */
const versions = new WeakMap<Connection, Promise<string | undefined>>();

/** The oldest version of its own API that Podman answers to; undefined for another engine. Asked once, unless that fails. */
function podmanVersion(connection: Connection): Promise<string | undefined> {
  const known = versions.get(connection) ?? askVersion(connection);
  versions.set(connection, known);
  known.catch(() => versions.delete(connection));
  return known;
}

async function askVersion(connection: Connection): Promise<string | undefined> {
  const { Components } = (await call(connection, { method: "GET", path: "/version" })) as Version;
  const podman = Components?.find((it) => it.Name === "Podman Engine");
  return podman && (podman.Details?.MinAPIVersion ?? "4.0.0");
}
