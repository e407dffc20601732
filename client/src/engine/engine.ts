import type { ImageReading } from "../../../server/src/model/image/image-reading.ts";
import type { ImageArchive } from "../sizes/layers/image-archive.ts";
import type { Layer } from "../sizes/layers/layer.ts";
import type { FileStart } from "../sizes/layers/layer-file.ts";
import type { BuildEvent, BuildRequest } from "./build/build-types.ts";
import type { Builder } from "./buildx/buildx.ts";
import type { ComposeReader } from "./containers/compose-state.ts";
import type {
  ContainerState,
  EngineContainers,
  Health,
  TerminalSession,
} from "./containers/container-types.ts";
import type { Output } from "./containers/logs.ts";
import type { EngineEvent, EventFilter } from "./events.ts";
import type { FilePlace, ReadFileOptions } from "./images/image-file.ts";
import type { ImageToRead, ReadLayersOptions } from "./images/image-layers.ts";
import type { ListedFiles, ListFilesOptions } from "./images/listed-files.ts";
import type { EngineStore } from "./images/store-types.ts";
import type { EngineRegistries } from "./registry/registry-types.ts";

/** An expected failure of the engine, told apart so that the editor can say what to do next. */
export type EngineFailure =
  | {
      readonly kind: "unreachable";
      readonly address: string;
      /** `no-docker`: the host of an SSH address has no program that leads to its engine. */
      readonly cause: "no-socket" | "permission-denied" | "refused" | "no-docker" | "other";
      readonly detail: string;
    }
  /** `left` says what goes on at the engine all the same. */
  | { readonly kind: "cancelled"; readonly left?: string }
  /** `step` as BuildStep.name; `log` its last lines; `line` (1-based) where the builder names one, as for a Dockerfile that it cannot read. */
  | {
      readonly kind: "build-failed";
      readonly message: string;
      readonly step: string | undefined;
      readonly log: readonly string[];
      readonly line?: number;
    }
  | { readonly kind: "not-found"; readonly what: string }
  /** `port` where a port of the host is what is in use. */
  | { readonly kind: "conflict"; readonly message: string; readonly port?: number }
  /** `cause` where it is the engine's state, whatever it was asked for. */
  | { readonly kind: "other"; readonly message: string; readonly cause?: "disk-full" | "not-understood" };

/** Thrown by everything in `engine/`; nothing else leaves it. `message` is a sentence for the user. */
export class EngineError extends Error {
  readonly failure: EngineFailure;
  constructor(failure: EngineFailure, message: string) {
    super(message);
    this.name = "EngineError";
    this.failure = failure;
  }
}

/** The Docker Engine as the rest of the client sees it. Every call ends with an EngineError when its signal is aborted. */
export interface Engine {
  /** For the status bar: `unix:///var/run/docker.sock`, and whose answer named it (`DOCKER_HOST`, a context, the default). */
  readonly address: string;
  readonly addressFrom: string;
  info(signal?: AbortSignal): Promise<EngineInfo>;
  /** Yields as the engine tells; ends after `finished`. A failed build throws `build-failed`. */
  build(request: BuildRequest, signal?: AbortSignal): AsyncIterable<BuildEvent>;
  /** Of `docker buildx`; none where it is not installed. */
  builders(signal?: AbortSignal): Promise<readonly Builder[]>;
  images(signal?: AbortSignal): Promise<readonly ImageSummary[]>;
  /** `reference` is a tag or an id. */
  inspectImage(reference: string, signal?: AbortSignal): Promise<ImageDetails>;
  /**
   * What is in an image, read without starting anything; takes 0.1 to 3 seconds. `reference` is a tag, a digest or an id. With `layers`, all of
   * them and read before, nothing more is read than the configuration.
   */
  readImage(reference: string, signal?: AbortSignal, layers?: readonly Layer[]): Promise<ImageReading>;
  /** The layers of an image, entry by entry: to the byte what each of them brings and takes away. Reads the whole image. */
  readLayers(image: ImageToRead, options: ReadLayersOptions): Promise<ImageArchive>;
  /** The same of several images, in their order; a layer that they share is read once. */
  readLayersOf(images: readonly ImageToRead[], options: ReadLayersOptions): Promise<readonly ImageArchive[]>;
  /**
   * What containers of these images would see, path by path, without reading them: some 2 seconds a gigabyte. Undefined where the engine
   * cannot do that; see `listed-files.ts`.
   */
  listFiles(
    images: readonly Pick<ImageDetails, "id">[],
    options: ListFilesOptions,
  ): Promise<readonly ListedFiles[] | undefined>;
  /** One file of an image, read without starting anything. */
  readFile(
    image: Pick<ImageDetails, "id" | "config">,
    place: FilePlace,
    options: ReadFileOptions,
  ): Promise<FileStart>;
  /** Writes an image to a new file of this machine, as `docker save` does; `onProgress` is told the bytes so far. */
  saveImage(
    reference: string,
    file: string,
    signal?: AbortSignal,
    onProgress?: (bytes: number) => void,
  ): Promise<void>;
  run(request: RunRequest, signal?: AbortSignal): Promise<RunningContainer>;
  /** What it has of Compose projects. */
  readonly compose: ComposeReader;
  readonly containers: EngineContainers;
  readonly store: EngineStore;
  readonly registries: EngineRegistries;
  /** What changes from now on, until the signal is aborted; resolves once the engine listens. */
  events(filter: EventFilter, signal: AbortSignal): Promise<AsyncIterable<EngineEvent>>;
}

export interface EngineInfo {
  readonly name: "docker" | "podman";
  readonly version: string;
  readonly apiVersion: string;
  /** `graph` for overlay2 and the like, `containerd` for the containerd image store: their size figures differ. */
  readonly imageStore: "graph" | "containerd";
  readonly hasBuildKit: boolean;
}

export interface ImageSummary {
  readonly id: string;
  readonly tags: readonly string[];
  /** ms since 1970. */
  readonly created: number;
  /** Bytes as the engine lists them: unpacked on a graph store, unpacked plus compressed on a containerd store. */
  readonly listedSize: number;
}

export interface ImageDetails {
  readonly id: string;
  readonly tags: readonly string[];
  readonly created: number;
  readonly platform: string;
  /** Bytes of all layers unpacked. */
  readonly unpackedSize: number;
  /** Bytes as transferred; undefined where the engine does not tell (graph store). */
  readonly compressedSize: number | undefined;
  /** Oldest first: one row per instruction, those without a layer included. */
  readonly history: readonly HistoryRow[];
  /** Digests of the layers unpacked, oldest first. */
  readonly diffIds: readonly string[];
  readonly config: ImageConfig;
}

export interface HistoryRow {
  /** As the engine says, e.g. `RUN /bin/sh -c go build # buildkit`. */
  readonly createdBy: string;
  /** Bytes, unpacked; disk blocks on a containerd store. */
  readonly size: number;
  readonly comment: string;
  readonly created: number;
}

export interface ImageConfig {
  readonly user: string;
  readonly workdir: string;
  readonly exposedPorts: readonly string[];
  /** Paths that the image declares as volumes. */
  readonly volumes: readonly string[];
  readonly entrypoint: readonly string[] | undefined;
  readonly command: readonly string[] | undefined;
  readonly environment: readonly string[];
  readonly healthcheck: readonly string[] | undefined;
}

export interface RunRequest {
  readonly image: string;
  /** Container port (`8080/tcp`) → host port; 0 lets the engine pick a free one. */
  readonly ports: Readonly<Record<string, number>>;
  readonly environment: readonly string[];
  readonly name?: string;
  /** With a terminal that one can type in: `RunningContainer.terminal`. */
  readonly interactive?: boolean;
  readonly mounts?: readonly Mount[];
  /** An init process of the engine's as the first, that hands signals on and reaps. */
  readonly init?: boolean;
  /** `1000`, `app`, `app:app`. */
  readonly user?: string;
  /** In place of the image's, none when empty; the image's command does not count then. */
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** Nothing but its volumes can be written. */
  readonly readOnly?: boolean;
  /** `stop` leaves the container there, to be started again. */
  readonly keep?: boolean;
  /** How often the image's health check asks, ms, and how many answers may be no; what the image says when not given. */
  readonly health?: { readonly interval: number; readonly retries: number };
}

export interface Mount {
  /** A folder of the engine's machine, or a volume, made when it is not there. */
  readonly kind: "folder" | "volume";
  /** Absolute path, or the volume's name. */
  readonly source: string;
  /** Absolute path in the container. */
  readonly target: string;
  readonly readOnly?: boolean;
}

export interface StopOptions {
  /** Seconds until it is killed; what the container says (10 s) when not given, 0 for at once. */
  readonly graceSeconds?: number;
}

export interface RunningContainer {
  readonly id: string;
  readonly name: string;
  /** Container port → `127.0.0.1:32768`, or that of the engine's host, at its start; see `publishedAt`. */
  readonly ports: Readonly<Record<string, string>>;
  /** Of an interactive container. */
  readonly terminal: TerminalSession | undefined;
  /** Output as it comes, both streams, until the container ends or the signal is aborted. `since`: ms since 1970. */
  logs(signal?: AbortSignal, since?: number): AsyncIterable<Output>;
  /** The last lines that it wrote so far, `count` at most; of an interactive one without what draws on its terminal. */
  lastLines(count: number, signal?: AbortSignal): Promise<readonly string[]>;
  /** What its health check said last; undefined when it said nothing. */
  lastCheck(signal?: AbortSignal): Promise<string | undefined>;
  health(signal?: AbortSignal): Promise<Health>;
  /** The state now and after each change, by the engine's events; ends when the container is gone. */
  watch(signal: AbortSignal): AsyncIterable<ContainerState>;
  restart(signal?: AbortSignal): Promise<void>;
  /** Stops within its grace time, then removes it unless it is to be kept. Resolves to the exit code. */
  stop(signal?: AbortSignal, options?: StopOptions): Promise<number | undefined>;
}
