import type { ImageReading } from "../../../server/src/model/image/image-reading.ts";
import type { ImageArchive } from "../sizes/image-archive.ts";
import type { BuildEvent, BuildRequest } from "./build-types.ts";
import type { Builder } from "./buildx.ts";
import type { ComposeReader } from "./compose-state.ts";
import type { ReadLayersOptions } from "./image-layers.ts";

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
  | { readonly kind: "conflict"; readonly message: string }
  | { readonly kind: "other"; readonly message: string };

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
  /** What is in an image, read without starting anything; takes 0.1 to 3 seconds. `reference` is a tag, a digest or an id. */
  readImage(reference: string, signal?: AbortSignal): Promise<ImageReading>;
  /** The layers of an image, entry by entry: to the byte what each of them brings and takes away. Reads the whole image. */
  readLayers(image: Pick<ImageDetails, "id" | "diffIds">, options: ReadLayersOptions): Promise<ImageArchive>;
  run(request: RunRequest, signal?: AbortSignal): Promise<RunningContainer>;
  /** What it has of Compose projects. */
  readonly compose: ComposeReader;
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
}

export interface RunningContainer {
  readonly id: string;
  readonly name: string;
  /** Container port → `127.0.0.1:32768`. */
  readonly ports: Readonly<Record<string, string>>;
  /** Output as it comes, both streams, until the container ends or the signal is aborted. */
  logs(signal?: AbortSignal): AsyncIterable<{ readonly stream: "stdout" | "stderr"; readonly text: string }>;
  /** `none` when the image has no health check. */
  health(signal?: AbortSignal): Promise<"starting" | "healthy" | "unhealthy" | "none" | "stopped">;
  /** Stops within its grace time, then removes it. Resolves to the exit code. */
  stop(signal?: AbortSignal): Promise<number | undefined>;
}
