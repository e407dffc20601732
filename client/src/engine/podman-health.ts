import { type Connection, call } from "./connection.ts";

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

/** The oldest version of its own API that Podman answers to; undefined for another engine. */
async function podmanVersion(connection: Connection): Promise<string | undefined> {
  const { Components } = (await call(connection, { method: "GET", path: "/version" })) as Version;
  const podman = Components?.find((it) => it.Name === "Podman Engine");
  return podman && (podman.Details?.MinAPIVersion ?? "4.0.0");
}
