import { ask, type Connection, call } from "../connection.ts";
import {
  EngineError,
  type Mount,
  type RunningContainer,
  type RunRequest,
  type StopOptions,
} from "../engine.ts";
import { throwIfAborted, toEngineError } from "../failures.ts";
import { inOnePiece } from "../in-one-piece.ts";
import type { TerminalSession } from "./container-types.ts";
import { engineContainers } from "./containers.ts";
import { type InspectedContainer, inspectContainer, publishedPorts, stateOf } from "./inspect-container.ts";
import { checkedStates, podmanChecks } from "./podman-health.ts";
import { bindingFor } from "./published-ports.ts";
import { hijack, terminalSession } from "./terminal-session.ts";

/** On every container that Plimsoll starts, so that what a crash left behind can be found. */
const ownLabel = "dev.plimsoll.run";

/** Creates and starts a container; when it cannot start, it is removed again before the error is thrown. */
export async function run(
  connection: Connection,
  request: RunRequest,
  signal: AbortSignal | undefined,
): Promise<RunningContainer> {
  throwIfAborted(signal);
  const left = "A container that the engine still makes is removed as soon as it answers.";
  return inOnePiece(start(connection, request, signal), signal, left);
}

async function start(
  connection: Connection,
  request: RunRequest,
  signal: AbortSignal | undefined,
): Promise<RunningContainer> {
  // Not aborted half way: the engine could create the container all the same, and nobody would know its id.
  const id = await create(connection, request);
  let terminal: TerminalSession | undefined;
  try {
    throwIfAborted(signal);
    // Before the start, so that nothing of the output is missed.
    if (request.interactive) terminal = await attach(connection, id, request.image);
    await call(connection, { method: "POST", path: `/containers/${id}/start` });
    throwIfAborted(signal);
    const started = await inspectContainer(connection, id);
    throwIfAborted(signal);
    return runningContainer(connection, request, started, terminal);
  } catch (error) {
    terminal?.close();
    await remove(connection, id);
    throw explainedStart(error, connection.address, request, signal);
  }
}

async function attach(connection: Connection, id: string, image: string): Promise<TerminalSession> {
  const query = { stream: "true", stdin: "true", stdout: "true", stderr: "true" };
  const socket = await hijack(connection, `/containers/${id}/attach`, query);
  return terminalSession(connection, socket, `running ${image}`, `/containers/${id}/resize`, "");
}

async function create(connection: Connection, request: RunRequest): Promise<string> {
  const bindings = Object.entries(request.ports).map(([port, host]) => [
    port.includes("/") ? port : `${port}/tcp`,
    // An empty port lets the engine pick.
    [{ HostIp: bindingFor(connection.address), HostPort: host === 0 ? "" : String(host) }],
  ]);
  const body = {
    Image: request.image,
    Env: request.environment,
    ExposedPorts: Object.fromEntries(bindings.map(([port]) => [port, {}])),
    HostConfig: {
      PortBindings: Object.fromEntries(bindings),
      ...(request.mounts?.length && { Mounts: request.mounts.map(mountOf) }),
      ...(request.init && { Init: true }),
      ...(request.readOnly && { ReadonlyRootfs: true }),
    },
    Labels: { [ownLabel]: "1" },
    // Docker's own; Podman would kill at once what was created through its socket (4.3.1).
    StopTimeout: 10,
    ...(request.user && { User: request.user }),
    // One empty word takes the image's own away (Engine API, “Create a container”).
    ...(request.entrypoint && { Entrypoint: request.entrypoint.length > 0 ? request.entrypoint : [""] }),
    ...(request.command && { Cmd: request.command }),
    // What is left out, the command too, is the image's (Engine API, “Create a container”, read 2026-11). Nanoseconds.
    ...(request.health && {
      Healthcheck: { Interval: request.health.interval * 1e6, Retries: request.health.retries },
    }),
    ...(request.interactive && {
      Tty: true,
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
    }),
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

function mountOf({ kind, source, target, readOnly }: Mount): object {
  return {
    Type: kind === "folder" ? "bind" : "volume",
    Source: source,
    Target: target,
    ...(readOnly && { ReadOnly: true }),
  };
}

/** The engine's words for a name in use quote ids. */
function explained(error: unknown, request: RunRequest): unknown {
  if (!(error instanceof EngineError)) return error;
  const folder = /bind source path does not exist: (.*?)\.?$/m.exec(error.message)?.[1];
  if (folder !== undefined) {
    const message = `The folder ${folder} does not exist on the engine’s machine. Create it, or mount another.`;
    return new EngineError({ kind: "not-found", what: folder }, message);
  }
  if (error.failure.kind === "not-found")
    return new EngineError(
      { kind: "not-found", what: request.image },
      `There is no image ${request.image} here. Build or pull it first.`,
    );
  // Podman (5.4.2) answers with a 500 and words of its own.
  const isTaken =
    error.failure.kind === "conflict" || /container name "[^"]*" is already in use/.test(error.message);
  if (isTaken && request.name !== undefined) {
    const message = `A container named ${request.name} exists already. Remove it, or choose another name.`;
    return new EngineError({ kind: "conflict", message }, message);
  }
  if (/no command specified|no command or entrypoint provided/i.test(error.message)) {
    const message = `${request.image} says no command to run. Name one: the image has neither ENTRYPOINT nor CMD.`;
    return new EngineError({ kind: "other", message }, message);
  }
  return error;
}

function explainedStart(
  error: unknown,
  address: string,
  request: RunRequest,
  signal: AbortSignal | undefined,
): EngineError {
  const known = toEngineError(error, address, `starting ${request.image}`, signal);
  if (known.failure.kind === "cancelled") return known;
  const user = /unable to find (user|group) ([^:\s]+)/i.exec(known.message);
  if (user) {
    const message = `${request.image} has no ${user[1]?.toLowerCase()} ${user[2]}. Create it in the Dockerfile, or run as another user (a number always works).`;
    return new EngineError({ kind: "other", message }, message);
  }
  return known;
}

function runningContainer(
  connection: Connection,
  request: RunRequest,
  started: InspectedContainer,
  terminal: TerminalSession | undefined,
): RunningContainer {
  const { Id: id } = started;
  const name = started.Name.replace(/^\//, "");
  const containers = engineContainers(connection);
  const itsOwn = (started.Config?.Healthcheck?.Interval ?? 0) / 1e6;
  const checks = podmanChecks(connection, id, request.health ?? { interval: itsOwn });
  return {
    id,
    name,
    ports: publishedPorts(connection, started),
    terminal,
    logs: (signal, since) =>
      containers.logs(id, { follow: true, ...(since !== undefined && { since }) }, signal),
    lastLines: async (count, signal) => {
      let text = "";
      for await (const it of containers.logs(id, { follow: false, tail: count }, signal)) text += it.text;
      const lines = plainText(text)
        .split("\n")
        .map((it) => it.trimEnd());
      return lines.filter((it) => it !== "").slice(-count);
    },
    lastCheck: (signal) =>
      ask(connection, `asking how ${name} is`, signal, async () => {
        const { Health } = (await inspectContainer(connection, id, signal)).State;
        return Health?.Log?.at(-1)?.Output?.trim() || undefined;
      }),
    health: (signal) =>
      ask(connection, `asking how ${name} is`, signal, async () => {
        const { health } = stateOf(connection, await inspectContainer(connection, id, signal));
        if (health === "none" || health === "stopped") return health;
        return (await checks.run(signal)) ?? health;
      }),
    watch: (signal) => checkedStates(connection, containers.watch(id, signal), checks, signal),
    restart: (signal) => containers.restart(id, signal),
    stop: (signal, options) => stop(connection, id, request.keep === true, signal, options),
  };
}

/** Without colours and what else moves about on a terminal. */
function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what terminals are told.
  return text.replace(/\u001b(?:\[[\d;?]*[A-Za-z]|\][^\u0007]*\u0007|[()][A-Z0-9])|\r(?=\n)/g, "");
}

async function stop(
  connection: Connection,
  id: string,
  keep: boolean,
  signal: AbortSignal | undefined,
  { graceSeconds }: StopOptions = {},
): Promise<number | undefined> {
  const containers = engineContainers(connection);
  try {
    await containers.stop(id, graceSeconds, signal);
    return (await containers.state(id, signal)).exitCode;
  } catch (error) {
    // Somebody else removed it: stopped it is.
    if (error instanceof EngineError && error.failure.kind === "not-found") return undefined;
    throw error;
  } finally {
    if (!keep) await remove(connection, id);
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
