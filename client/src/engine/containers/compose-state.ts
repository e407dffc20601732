import { posix, win32 } from "node:path";
import { ask, type Connection, callForList, callForObject, open } from "../connection.ts";
import { throwIfAborted, toEngineError } from "../failures.ts";
import { withPodmanHealth } from "./podman-health.ts";
import { type ListedPort, publishedAt } from "./published-ports.ts";

/** What the engine knows of Compose projects: only by the labels that Compose puts on what it makes. */
export interface ComposeReader {
  /** All containers of all projects, stopped ones too. */
  containers(signal?: AbortSignal): Promise<readonly ComposeContainer[]>;
  /**
   * Yields once when it listens, then each time that a container of a project may be in another state, until the signal is
   * aborted or the engine goes.
   */
  changes(signal: AbortSignal): AsyncIterable<void>;
  /** The named volumes of a project. */
  volumes(project: string, signal?: AbortSignal): Promise<readonly ComposeVolume[]>;
}

export interface ComposeContainer {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly service: string;
  /** Folder of the project, as the machine names it on which Compose ran; undefined when it does not say. */
  readonly folder: string | undefined;
  /** Paths of the Compose files. */
  readonly files: readonly string[];
  /** Made for one command (`docker compose run`). */
  readonly oneOff: boolean;
  readonly state: "created" | "running" | "paused" | "restarting" | "exited";
  readonly health: "none" | "starting" | "healthy" | "unhealthy";
  readonly exitCode: number | undefined;
  readonly ports: readonly PublishedPort[];
}

export interface PublishedPort {
  /** Port of the engine's machine. */
  readonly host: number;
  readonly container: number;
  readonly protocol: string;
  /** Where it is to be found from this machine, as in `ContainerSummary.ports`. */
  readonly address: string;
}

export interface ComposeVolume {
  readonly name: string;
  /** Undefined when the engine does not count it. */
  readonly bytes: number | undefined;
}

/** What is read of `/containers/json`. */
interface RawContainer {
  readonly Id: string;
  readonly Names?: readonly string[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly State?: string;
  readonly Status?: string;
  readonly Ports?: readonly ListedPort[] | null;
}

/** What is read of `/volumes`. */
interface VolumeList {
  readonly Volumes?: readonly { readonly Name: string }[] | null;
}

/** What is read of `/system/df`. */
interface VolumeUsage {
  readonly Volumes?:
    | readonly { readonly Name: string; readonly UsageData?: { readonly Size: number } | null }[]
    | null;
}

const label = "com.docker.compose.project";

export function composeReader(connection: Connection): ComposeReader {
  return {
    containers: (signal) => containers(connection, signal),
    changes: (signal) => changes(connection, signal),
    volumes: (project, signal) => volumes(connection, project, signal),
  };
}

async function containers(
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<readonly ComposeContainer[]> {
  const query = { all: "true", filters: JSON.stringify({ label: [label] }) };
  return ask(connection, "listing the containers of Compose", signal, async () => {
    const what = { method: "GET", path: "/containers/json", query } as const;
    const listed = await callForList<RawContainer>(connection, what, signal);
    return withPodmanHealth(
      connection,
      listed.map((it) => composeContainer(connection, it)),
      signal,
    );
  });
}

/** Reads one row of `/containers/json`. Labels as Compose 2.40 and 1.29 write them; Podman's Compose writes those of project and service. */
export function composeContainer(
  connection: Pick<Connection, "address" | "tunnels">,
  raw: RawContainer,
): ComposeContainer {
  const labels = raw.Labels ?? {};
  const status = raw.Status ?? "";
  const state = stateOf(raw.State ?? "");
  const folder = labels[`${label}.working_dir`] || undefined;
  const exitCode = /^Exited \((\d+)\)/.exec(status)?.[1];
  return {
    id: raw.Id,
    name: (raw.Names?.[0] ?? raw.Id.slice(0, 12)).replace(/^\//, ""),
    project: labels[label] ?? "",
    service: labels["com.docker.compose.service"] ?? "",
    folder,
    files: (labels[`${label}.config_files`] ?? "")
      .split(",")
      .filter(Boolean)
      .map((it) => fileIn(folder, it)),
    oneOff: labels["com.docker.compose.oneoff"]?.toLowerCase() === "true",
    state,
    // The list has the health only as words: `Up 5 seconds (health: starting)`, `Up 2 minutes (healthy)`.
    health: healthOf(status),
    exitCode: state === "exited" && exitCode !== undefined ? Number(exitCode) : undefined,
    ports: (raw.Ports ?? []).flatMap((it) =>
      it.PublicPort === undefined
        ? []
        : [
            {
              host: it.PublicPort,
              container: it.PrivatePort,
              protocol: it.Type,
              address: publishedAt(connection, it.IP, it.PublicPort),
            },
          ],
    ),
  };
}

/** Compose 1.29 writes files that it found by itself without their folder. */
function fileIn(folder: string | undefined, file: string): string {
  if (folder === undefined) return file;
  const { isAbsolute, join } = /^[A-Za-z]:/.test(folder) ? win32 : posix;
  return isAbsolute(file) ? file : join(folder, file);
}

function stateOf(state: string): ComposeContainer["state"] {
  switch (state) {
    case "running":
    case "paused":
    case "restarting":
      return state;
    // Podman's `configured` and `initialized` come before the first start.
    case "created":
    case "configured":
    case "initialized":
      return "created";
    default:
      return "exited";
  }
}

function healthOf(status: string): ComposeContainer["health"] {
  if (status.includes("(unhealthy)")) return "unhealthy";
  if (status.includes("(healthy)")) return "healthy";
  return /\((?:health: )?starting\)/.test(status) ? "starting" : "none";
}

async function* changes(connection: Connection, signal: AbortSignal): AsyncGenerator<void> {
  const doing = "following what containers do";
  const filters = JSON.stringify({ type: ["container"], label: [label] });
  throwIfAborted(signal);
  const answer = await ask(connection, doing, signal, () =>
    open(connection, { method: "GET", path: "/events", query: { filters } }, signal),
  );
  const decoder = new TextDecoder();
  let rest = "";
  try {
    yield;
    for await (const chunk of answer) {
      rest += decoder.decode(chunk as Buffer, { stream: true });
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      // One record a line; a health check tells of a process that it starts each time that it runs.
      if (lines.some((it) => it !== "" && !/"(?:Action|status)":"exec_/.test(it))) yield;
    }
  } catch (error) {
    throw toEngineError(error, connection.address, doing, signal);
  } finally {
    answer.destroy();
  }
}

async function volumes(
  connection: Connection,
  project: string,
  signal: AbortSignal | undefined,
): Promise<readonly ComposeVolume[]> {
  // The list of volumes has no sizes, and what counts them has no labels at Podman (5.4.2).
  return ask(connection, "counting the bytes of volumes", signal, async () => {
    const filters = JSON.stringify({ label: [`${label}=${project}`] });
    // `type` keeps newer engines from counting images and containers as well.
    const [listed, usage] = await Promise.all([
      callForObject<VolumeList>(connection, { method: "GET", path: "/volumes", query: { filters } }, signal),
      callForObject<VolumeUsage>(
        connection,
        { method: "GET", path: "/system/df", query: { type: "volume" } },
        signal,
      ),
    ]);
    const sizes = new Map((usage.Volumes ?? []).map((it) => [it.Name, it.UsageData?.Size ?? -1]));
    return (listed.Volumes ?? []).map(({ Name }) => {
      const size = sizes.get(Name) ?? -1;
      // -1 where it was not counted.
      return { name: Name, bytes: size >= 0 ? size : undefined };
    });
  });
}
