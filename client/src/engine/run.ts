import type Docker from "dockerode";
import { ask, type Connection, withSignal } from "./connection.ts";
import { EngineError, type RunningContainer, type RunRequest } from "./engine.ts";
import { throwIfAborted, toEngineError } from "./failures.ts";
import { demultiplexed } from "./logs.ts";

/** On every container that Plimsoll starts, so that what a crash left behind can be found. */
const ownLabel = "dev.plimsoll.run";

type Health = Awaited<ReturnType<RunningContainer["health"]>>;

/** Creates and starts a container; when it cannot start, it is removed again before the error is thrown. */
export async function run(
  connection: Connection,
  request: RunRequest,
  signal: AbortSignal | undefined,
): Promise<RunningContainer> {
  const { docker, address } = connection;
  throwIfAborted(signal);
  // Not aborted half way: the engine could create the container all the same, and nobody would know its id.
  const container = await create(connection, request);
  try {
    throwIfAborted(signal);
    await container.start();
    throwIfAborted(signal);
    const started = await container.inspect();
    return runningContainer(connection, container, started);
  } catch (error) {
    await removed(docker, container.id);
    throw toEngineError(error, address, `starting ${request.image}`, signal);
  }
}

async function create(connection: Connection, request: RunRequest): Promise<Docker.Container> {
  const bindings = Object.entries(request.ports).map(([port, host]) => [
    withProtocol(port),
    // Only this machine: a container tried out is nobody else's business. An empty port lets the engine pick.
    [{ HostIp: "127.0.0.1", HostPort: host === 0 ? "" : String(host) }],
  ]);
  try {
    return await ask(connection, `creating a container of ${request.image}`, undefined, () =>
      connection.docker.createContainer({
        Image: request.image,
        ...(request.name !== undefined && { name: request.name }),
        Env: [...request.environment],
        ExposedPorts: Object.fromEntries(bindings.map(([port]) => [port, {}])),
        HostConfig: { PortBindings: Object.fromEntries(bindings) },
        Labels: { [ownLabel]: "1" },
      }),
    );
  } catch (error) {
    throw explained(error, request);
  }
}

/** The engine says “no such container” when the image is missing, and quotes ids when a name is taken. */
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

function runningContainer(
  connection: Connection,
  container: Docker.Container,
  started: Docker.ContainerInspectInfo,
): RunningContainer {
  const name = started.Name.replace(/^\//, "");
  return {
    id: container.id,
    name,
    ports: publishedPorts(started),
    logs: (signal) => logs(connection, container, name, signal),
    health: (signal) =>
      ask(connection, `asking how ${name} is`, signal, async () =>
        healthOf((await container.inspect(withSignal(signal))).State),
      ),
    stop: (signal) => stop(connection, container, name, signal),
  };
}

function publishedPorts(started: Docker.ContainerInspectInfo): Record<string, string> {
  const ports: Record<string, string> = {};
  for (const [port, bindings] of Object.entries(started.NetworkSettings?.Ports ?? {})) {
    // Without a binding the port is exposed only. IPv6 bindings come second.
    const binding = bindings?.find((it) => it.HostPort !== "");
    if (binding) ports[port] = `${binding.HostIp || "127.0.0.1"}:${binding.HostPort}`;
  }
  return ports;
}

function healthOf(state: Docker.ContainerInspectInfo["State"]): Health {
  if (!state.Running) return "stopped";
  const status = state.Health?.Status;
  return status === "starting" || status === "healthy" || status === "unhealthy" ? status : "none";
}

async function* logs(
  connection: Connection,
  container: Docker.Container,
  name: string,
  signal: AbortSignal | undefined,
): ReturnType<RunningContainer["logs"]> {
  const doing = `reading the output of ${name}`;
  const stream = await ask(connection, doing, signal, () =>
    container.logs({ follow: true, stdout: true, stderr: true, ...withSignal(signal) }),
  );
  try {
    yield* demultiplexed(stream as unknown as AsyncIterable<Buffer>);
  } catch (error) {
    throw toEngineError(error, connection.address, doing, signal);
  } finally {
    (stream as unknown as { destroy(): void }).destroy();
  }
}

async function stop(
  connection: Connection,
  container: Docker.Container,
  name: string,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const { docker } = connection;
  let code: number | undefined;
  try {
    await ask(connection, `stopping ${name}`, signal, () =>
      unless([304, 404], container.stop(withSignal(signal))),
    );
    code = await ask(connection, `stopping ${name}`, signal, () =>
      unless(
        [404],
        container.inspect(withSignal(signal)).then((it) => it.State.ExitCode),
      ),
    );
  } finally {
    await removed(docker, container.id);
  }
  return code;
}

/** Undefined instead of an error when the engine answers with one of `codes`: what was asked for is so already. */
async function unless<T>(codes: readonly number[], answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (codes.includes((error as { statusCode?: number }).statusCode ?? 0)) return undefined;
    throw error;
  }
}

/** Removes a container with its anonymous volumes, whatever state it is in. What fails here must not hide the first error. */
async function removed(docker: Docker, id: string): Promise<void> {
  try {
    await docker.getContainer(id).remove({ force: true, v: true });
  } catch {
    // Gone already, or the engine is: nothing more can be done.
  }
}

function withProtocol(port: string): string {
  return port.includes("/") ? port : `${port}/tcp`;
}
