import { ask, type Call, type Connection, call, callForList, open } from "../connection.ts";
import { EngineError } from "../engine.ts";
import { events } from "../events.ts";
import { toEngineError } from "../failures.ts";
import { realTags } from "../images/images.ts";
import type {
  ContainerState,
  ContainerSummary,
  EngineContainers,
  Health,
  LogOptions,
} from "./container-types.ts";
import { openShell } from "./exec.ts";
import { type InspectedContainer, inspectContainer, stateOf } from "./inspect-container.ts";
import { demultiplexed, type Output, plainOutput } from "./logs.ts";
import { withPodmanHealth } from "./podman-health.ts";
import { type ListedPort, publishedAt } from "./published-ports.ts";
import { isToRead } from "./silent-container.ts";

/** What is read of `/containers/json`. */
interface RawContainer {
  readonly Id: string;
  readonly Names?: readonly string[] | null;
  readonly Image: string;
  readonly ImageID: string;
  readonly State: string;
  readonly Status: string;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly Ports?: readonly ListedPort[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

export function engineContainers(connection: Connection): EngineContainers {
  const at = (id: string, action: string): Call => ({ method: "POST", path: `/containers/${id}/${action}` });
  const act = async (doing: string, what: Call, signal: AbortSignal | undefined): Promise<void> => {
    await ask(connection, doing, signal, () => call(connection, what, signal));
  };
  return {
    list: (signal) => listContainers(connection, signal),
    state: (id, signal) =>
      ask(connection, `asking how ${short(id)} is`, signal, async () =>
        stateOf(connection, await inspectContainer(connection, id, signal)),
      ),
    watch: (id, signal) => watchContainer(connection, id, signal),
    inspect: (id, signal) =>
      ask(connection, `inspecting ${short(id)}`, signal, () => inspectContainer(connection, id, signal)),
    start: (id, signal) => act(`starting ${short(id)}`, at(id, "start"), signal),
    stop: (id, graceSeconds, signal) =>
      act(
        `stopping ${short(id)}`,
        { ...at(id, "stop"), ...(graceSeconds !== undefined && { query: { t: String(graceSeconds) } }) },
        signal,
      ),
    restart: (id, signal) => act(`restarting ${short(id)}`, at(id, "restart"), signal),
    kill: (id, signal) => act(`killing ${short(id)}`, at(id, "kill"), signal),
    remove: (id, force, signal) => removeContainer(connection, id, force === true, signal),
    logs: (id, options, signal) => containerLogs(connection, id, options, signal),
    shell: (id, signal) => openShell(connection, id, signal),
  };
}

async function listContainers(
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<readonly ContainerSummary[]> {
  const found = await ask(connection, "listing containers", signal, async () => {
    const path = "/containers/json";
    const listed = await callForList<RawContainer>(
      connection,
      { method: "GET", path, query: { all: "true" } },
      signal,
    );
    return withPodmanHealth(
      connection,
      listed.filter((it) => !isToRead(it.Labels)).map((it) => summaryOf(connection, it)),
      signal,
    );
  });
  const runs = (it: ContainerSummary) => (it.health === "stopped" ? 1 : 0);
  return found.toSorted((one, other) => runs(one) - runs(other) || other.created - one.created);
}

function summaryOf(connection: Connection, raw: RawContainer): ContainerSummary {
  const labels = raw.Labels ?? {};
  return {
    id: raw.Id,
    name: (raw.Names?.[0] ?? raw.Id.slice(0, 12)).replace(/^\//, ""),
    image: realTags([raw.Image])[0] ?? raw.Image,
    imageId: raw.ImageID,
    state: raw.State,
    status: raw.Status,
    health: healthOf(raw),
    ports: portsOf(connection, raw),
    created: raw.Created * 1000,
    // Compose's own labels; podman-compose writes the second.
    composeProject: labels["com.docker.compose.project"] ?? labels["io.podman.compose.project"],
    composeService: labels["com.docker.compose.service"],
  };
}

/** The list has the health in its sentence only: `Up 2 seconds (health: starting)`, `Up 1 minute (healthy)`. */
function healthOf({ State, Status }: RawContainer): Health {
  if (!["running", "paused", "restarting"].includes(State)) return "stopped";
  const word = /\((?:health: )?(starting|healthy|unhealthy)\)/.exec(Status)?.[1];
  return word === undefined ? "none" : (word as Health);
}

function portsOf(connection: Connection, { Ports }: RawContainer): Record<string, string> {
  const ports: Record<string, string> = {};
  for (const { IP, PrivatePort, PublicPort, Type } of Ports ?? []) {
    const port = `${PrivatePort}/${Type}`;
    // The same port is told for IPv4 and IPv6; the first will do.
    if (PublicPort && !(port in ports)) ports[port] = publishedAt(connection, IP, PublicPort);
  }
  return ports;
}

async function* watchContainer(
  connection: Connection,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<ContainerState> {
  const look = () =>
    ask(connection, `asking how ${short(id)} is`, signal, async () =>
      stateOf(connection, await inspectContainer(connection, id, signal)),
    );
  // First listen, then look: nothing that happens in between is missed.
  const changes = await events(connection, { types: ["container"], container: id }, signal);
  try {
    yield await look();
    for await (const { action } of changes) {
      if (action === "destroy" || action === "remove") return;
      yield await look();
    }
  } catch (error) {
    // Gone between the event and the look.
    if (!(error instanceof EngineError) || error.failure.kind !== "not-found") throw error;
  }
}

async function removeContainer(
  connection: Connection,
  id: string,
  force: boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await ask(connection, `removing ${short(id)}`, signal, () =>
      call(
        connection,
        {
          method: "DELETE",
          path: `/containers/${id}`,
          query: { v: "true", ...(force && { force: "true" }) },
        },
        signal,
      ),
    );
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    // Somebody else removed it, or does so right now.
    if (error.failure.kind === "not-found" || /already in progress/i.test(error.message)) return;
    // The second is Podman's, with a 500 (5.4.2).
    if (error.failure.kind !== "conflict" && !/cannot be removed without force/.test(error.message))
      throw error;
    const message = "The container runs. Stop it first, then remove it.";
    throw new EngineError({ kind: "conflict", message }, message);
  }
}

async function* containerLogs(
  connection: Connection,
  id: string,
  { follow, tail, since }: LogOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<Output> {
  const doing = `reading the output of ${short(id)}`;
  const query = {
    stdout: "true",
    stderr: "true",
    ...(follow && { follow: "true" }),
    ...(tail !== undefined && { tail: String(tail) }),
    ...(since !== undefined && { since: (since / 1000).toFixed(3) }),
  };
  const [answer, inspected] = await ask(connection, doing, signal, async () => {
    const found: InspectedContainer = await inspectContainer(connection, id, signal);
    return [
      await open(connection, { method: "GET", path: `/containers/${id}/logs`, query }, signal),
      found,
    ] as const;
  });
  try {
    yield* inspected.Config?.Tty === true ? plainOutput(answer) : demultiplexed(answer);
  } catch (error) {
    throw toEngineError(error, connection.address, doing, signal);
  } finally {
    answer.destroy();
  }
}

/** A name as it is, an id as the command line shows it. */
function short(id: string): string {
  return /^[0-9a-f]{64}$/.test(id) ? id.slice(0, 12) : id;
}
