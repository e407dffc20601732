import { ask, type Connection, call, open } from "./connection.ts";
import { EngineError, type RunningContainer, type RunRequest } from "./engine.ts";
import { throwIfAborted, toEngineError } from "./failures.ts";
import { demultiplexed } from "./logs.ts";
import { podmanChecks } from "./podman-health.ts";

/** On every container that Plimsoll starts, so that what a crash left behind can be found. */
const ownLabel = "dev.plimsoll.run";

type Health = Awaited<ReturnType<RunningContainer["health"]>>;

/** What is read of `/containers/…/json`. */
interface Inspected {
  readonly Name: string;
  readonly Config?: { readonly Healthcheck?: { readonly Interval?: number } | null } | null;
  readonly State: {
    readonly Running: boolean;
    readonly ExitCode: number;
    readonly Health?: { readonly Status: string } | null;
  };
  readonly NetworkSettings?: {
    readonly Ports?: Readonly<
      Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>
    >;
  };
}

/** Creates and starts a container; when it cannot start, it is removed again before the error is thrown. */
export async function run(
  connection: Connection,
  request: RunRequest,
  signal: AbortSignal | undefined,
): Promise<RunningContainer> {
  throwIfAborted(signal);
  // Not aborted half way: the engine could create the container all the same, and nobody would know its id.
  const id = await create(connection, request);
  try {
    throwIfAborted(signal);
    await call(connection, { method: "POST", path: `/containers/${id}/start` });
    throwIfAborted(signal);
    return runningContainer(connection, id, await inspect(connection, id));
  } catch (error) {
    await remove(connection, id);
    throw toEngineError(error, connection.address, `starting ${request.image}`, signal);
  }
}

async function create(connection: Connection, request: RunRequest): Promise<string> {
  const bindings = Object.entries(request.ports).map(([port, host]) => [
    port.includes("/") ? port : `${port}/tcp`,
    // Only this machine: a container tried out is nobody else's business. An empty port lets the engine pick.
    [{ HostIp: "127.0.0.1", HostPort: host === 0 ? "" : String(host) }],
  ]);
  const body = {
    Image: request.image,
    Env: request.environment,
    ExposedPorts: Object.fromEntries(bindings.map(([port]) => [port, {}])),
    HostConfig: { PortBindings: Object.fromEntries(bindings) },
    Labels: { [ownLabel]: "1" },
    // Docker's own; Podman would kill at once what was created through its socket (4.3.1).
    StopTimeout: 10,
  };
  const query = request.name === undefined ? {} : { name: request.name };
  try {
    const created = await ask(connection, `creating a container of ${request.image}`, undefined, () =>
      call(connection, { method: "POST", path: "/containers/create", query, body }),
    );
    return (created as { readonly Id: string }).Id;
  } catch (error) {
    throw explained(error, request);
  }
}

/** The engine's words for a name in use quote ids. */
function explained(error: unknown, request: RunRequest): unknown {
  if (!(error instanceof EngineError)) return error;
  if (error.failure.kind === "not-found")
    return new EngineError(
      { kind: "not-found", what: request.image },
      `There is no image ${request.image} here. Build or pull it first.`,
    );
  if (error.failure.kind === "conflict" && request.name !== undefined) {
    const message = `A container named ${request.name} exists already. Remove it, or choose another name.`;
    return new EngineError({ kind: "conflict", message }, message);
  }
  return error;
}

function runningContainer(connection: Connection, id: string, started: Inspected): RunningContainer {
  const name = started.Name.replace(/^\//, "");
  const runCheck = podmanChecks(connection, id);
  return {
    id,
    name,
    ports: publishedPorts(started),
    logs: (signal) => logs(connection, id, name, signal),
    health: (signal) =>
      ask(connection, `asking how ${name} is`, signal, async () => {
        const { State, Config } = await inspect(connection, id, signal);
        const health = healthOf(State);
        if (health === "none" || health === "stopped") return health;
        return (await runCheck(Config?.Healthcheck?.Interval, signal)) ?? health;
      }),
    stop: (signal) => stop(connection, id, name, signal),
  };
}

function inspect(connection: Connection, id: string, signal?: AbortSignal): Promise<Inspected> {
  return call(connection, { method: "GET", path: `/containers/${id}/json` }, signal) as Promise<Inspected>;
}

function publishedPorts({ NetworkSettings }: Inspected): Record<string, string> {
  const ports: Record<string, string> = {};
  for (const [port, bindings] of Object.entries(NetworkSettings?.Ports ?? {})) {
    // Without a binding the port is exposed only.
    const binding = bindings?.find((it) => it.HostPort !== "");
    if (binding) ports[port] = `${binding.HostIp || "127.0.0.1"}:${binding.HostPort}`;
  }
  return ports;
}

function healthOf({ Running, Health }: Inspected["State"]): Health {
  if (!Running) return "stopped";
  const status = Health?.Status;
  return status === "starting" || status === "healthy" || status === "unhealthy" ? status : "none";
}

async function* logs(
  connection: Connection,
  id: string,
  name: string,
  signal: AbortSignal | undefined,
): ReturnType<RunningContainer["logs"]> {
  const doing = `reading the output of ${name}`;
  const query = { follow: "true", stdout: "true", stderr: "true" };
  const answer = await ask(connection, doing, signal, () =>
    open(connection, { method: "GET", path: `/containers/${id}/logs`, query }, signal),
  );
  try {
    yield* demultiplexed(answer);
  } catch (error) {
    throw toEngineError(error, connection.address, doing, signal);
  } finally {
    answer.destroy();
  }
}

async function stop(
  connection: Connection,
  id: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const doing = `stopping ${name}`;
  try {
    return await ask(connection, doing, signal, async () => {
      await call(connection, { method: "POST", path: `/containers/${id}/stop` }, signal);
      return (await inspect(connection, id, signal)).State.ExitCode;
    });
  } catch (error) {
    // Somebody else removed it: stopped it is.
    if (error instanceof EngineError && error.failure.kind === "not-found") return undefined;
    throw error;
  } finally {
    await remove(connection, id);
  }
}

/** Removes a container with its anonymous volumes, whatever state it is in. What fails here must not hide the first error. */
async function remove(connection: Connection, id: string): Promise<void> {
  try {
    await call(connection, {
      method: "DELETE",
      path: `/containers/${id}`,
      query: { force: "true", v: "true" },
    });
  } catch {
    // Gone already, or the engine is: nothing more can be done.
  }
}
