/** An image as the engine lists it, with what its use is. Bytes. */
export interface ListedImage {
  readonly id: string;
  /** Without one it is dangling. */
  readonly tags: readonly string[];
  /** `name@sha256:…`, of images that came from a registry or were pushed. */
  readonly digests: readonly string[];
  /** ms since 1970. */
  readonly created: number;
  /** All layers unpacked, those shared with other images included. */
  readonly onDisk: number;
  /** As transferred; undefined where the engine does not tell (graph store). */
  readonly transfer: number | undefined;
  /** `linux/amd64`; several where the engine has the image for more. */
  readonly platforms: readonly string[];
  /** Names of containers that were made from it, running or not. */
  readonly containers: readonly string[];
}

/** What removing a name or an image would do. */
export interface ImageRemoval {
  readonly reference: string;
  readonly id: string;
  /** Other names that the image keeps; then no byte is freed, and no container minds. */
  readonly otherTags: readonly string[];
  /** Bytes that go with its last name: those that no other image shares, estimated on a containerd store. */
  readonly bytes: number;
  /** Containers that were made from the image. */
  readonly running: readonly string[];
  readonly stopped: readonly string[];
}

/** Something that pruning removes. */
export interface PrunableItem {
  readonly id: string;
  /** For the user: a container's name, an image's names or short id, what the build cache is of. */
  readonly name: string;
  /** Of an image those that no other image shares. */
  readonly bytes: number;
  /** All names of an image, which go one by one; absent when it has none. */
  readonly references?: readonly string[];
}

/** `images` are those without a name, `unusedImages` those that have one and that no container was made from. */
export type PrunableKind =
  | "containers"
  | "images"
  | "unusedImages"
  | "anonymousVolumes"
  | "volumes"
  | "buildCache";

/** What nothing needs, by kind. */
export type Prunable = Readonly<Record<PrunableKind, readonly PrunableItem[]>>;

/** What of it goes. */
export type PruneOrder = Partial<Prunable>;

/** How much of each kind went, and bytes as the engine counts them. */
export interface Pruned extends Readonly<Record<PrunableKind, number>> {
  readonly bytes: number;
  /** Sentences about what could not be removed. */
  readonly problems: readonly string[];
}

/** How far an image has come on its way from or to a registry. */
export interface ImageTransfer {
  readonly layers: number;
  readonly layersDone: number;
  /** Compressed, of layers that had to go; the total grows as the engine learns it. */
  readonly bytes: number;
  readonly ofBytes: number;
}

/** What the engine keeps on its disk. Everything throws EngineError. */
export interface EngineStore {
  /** All images, newest first. */
  images(signal?: AbortSignal): Promise<readonly ListedImage[]>;
  /** The engine's own JSON. */
  inspectImage(reference: string, signal?: AbortSignal): Promise<object>;
  /** Gives an image one more name, `go-api:1.0`. */
  tag(reference: string, name: string, signal?: AbortSignal): Promise<void>;
  /** Yields as the engine tells; over when the image is here. `platform`: `linux/arm64`, the engine's own when not given. */
  pull(reference: string, platform?: string, signal?: AbortSignal): AsyncIterable<ImageTransfer>;
  /** Yields as the engine tells; over when the registry has it. */
  push(reference: string, signal?: AbortSignal): AsyncIterable<ImageTransfer>;
  removal(reference: string, signal?: AbortSignal): Promise<ImageRemoval>;
  /** Refused, on any store, when it is the last name of an image that a container needs. */
  remove(reference: string, signal?: AbortSignal): Promise<void>;
  prunable(signal?: AbortSignal): Promise<Prunable>;
  /** Removes just what is named there. What has come into use since is left. */
  prune(what: PruneOrder, signal?: AbortSignal): Promise<Pruned>;
}
