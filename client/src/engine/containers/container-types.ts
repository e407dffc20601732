import type { Output } from "./logs.ts";

/** `none`: it runs, and its image has no health check. */
export type Health = "starting" | "healthy" | "unhealthy" | "none" | "stopped";

/** How a container is at one moment. */
export interface ContainerState {
  readonly health: Health;
  /** Container port → `127.0.0.1:32768`, or that of the engine's host; empty when it does not run. They may be others after a restart. */
  readonly ports: Readonly<Record<string, string>>;
  /** Undefined while it runs. */
  readonly exitCode: number | undefined;
  /** When it was started the last time, ms since 1970 by the engine's clock: another one tells of a restart. */
  readonly startedAt: number;
}

/** One row of the engine's containers. */
export interface ContainerSummary {
  readonly id: string;
  readonly name: string;
  /** As the container was made from: a tag, or an id when the tag has gone to another image. */
  readonly image: string;
  readonly imageId: string;
  /** The engine's word: `running`, `exited`, `created`, `paused`, `restarting`, `dead`, `removing`. */
  readonly state: string;
  /** The engine's sentence: `Up 3 minutes (healthy)`, `Exited (0) 2 hours ago`. */
  readonly status: string;
  readonly health: Health;
  readonly ports: Readonly<Record<string, string>>;
  /** ms since 1970. */
  readonly created: number;
  readonly composeProject: string | undefined;
  readonly composeService: string | undefined;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** A program's terminal: what it writes, and what is typed. */
export interface TerminalSession {
  /** Ends with the program. Read it once. */
  readonly output: AsyncIterable<string>;
  write(text: string): void;
  /** What fails here is no matter: the program may have ended. */
  resize(size: TerminalSize): Promise<void>;
  /** Leaves. A shell is told to end; the container's own program goes on. */
  close(): void;
}

export interface LogOptions {
  /** Goes on until the container ends. */
  readonly follow: boolean;
  /** Lines from the end; all when not given. */
  readonly tail?: number;
  /** Only what was written after, ms since 1970 by the engine's clock. */
  readonly since?: number;
}

/** What can be done with containers, whoever started them. `id` is an id or a name. Everything throws EngineError. */
export interface EngineContainers {
  /** All, those that run first, then the newest. */
  list(signal?: AbortSignal): Promise<readonly ContainerSummary[]>;
  state(id: string, signal?: AbortSignal): Promise<ContainerState>;
  /** The state now and after each change, by the engine's events; ends when the container is gone. */
  watch(id: string, signal: AbortSignal): AsyncIterable<ContainerState>;
  /** The engine's own JSON. */
  inspect(id: string, signal?: AbortSignal): Promise<object>;
  start(id: string, signal?: AbortSignal): Promise<void>;
  /** Killed after `graceSeconds`; after what the container says (10 s) when not given. */
  stop(id: string, graceSeconds?: number, signal?: AbortSignal): Promise<void>;
  restart(id: string, signal?: AbortSignal): Promise<void>;
  kill(id: string, signal?: AbortSignal): Promise<void>;
  /** With its anonymous volumes. One that runs is refused, unless `force`. */
  remove(id: string, force?: boolean, signal?: AbortSignal): Promise<void>;
  logs(id: string, options: LogOptions, signal?: AbortSignal): AsyncIterable<Output>;
  /** A shell in a running container. Throws `not-found` when its image has none. */
  shell(id: string, signal?: AbortSignal): Promise<TerminalSession>;
}
