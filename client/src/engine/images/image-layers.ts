import type { StoredBlob } from "../../sizes/layers/archive-contents.ts";
import { type ImageArchive, readImageArchives, readImageBlobs } from "../../sizes/layers/image-archive.ts";
import { type Layer, transferOf } from "../../sizes/layers/layer.ts";
import { type Connection, open } from "../connection.ts";
import type { ImageDetails } from "../engine.ts";
import { throwIfAborted, toEngineError } from "../failures.ts";
import { openContentStore } from "./content-store.ts";
import { partsOf } from "./parts.ts";

export interface ReadLayersOptions {
  /** Also compute the digest of each file's content: finds the same content at two places. */
  readonly hashes: boolean;
  /** Also measure what a pull transfers where the engine keeps layers unpacked, by packing them: some 30 MB a second. */
  readonly transfer?: boolean;
  /** Layers that were read before, by diff id; where all of them are, the engine is asked for nothing. */
  readonly known?: (diffId: string) => Layer | undefined;
  /** Bytes of the archive that have come so far. */
  readonly onProgress?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/** With `compressedSize`, as a containerd store tells it, the image's layers can be had one by one. */
export type ImageToRead = Pick<ImageDetails, "id" | "diffIds"> &
  Partial<Pick<ImageDetails, "compressedSize">>;

/**
 * The layers of images with what each of their entries says, in the order of `images`. Reads each layer once and holds no file's
 * content; what is wrong with a layer is said in it, and the others are there. A containerd store, told by `compressedSize`, gives single
 * layers, so that only those come which are not known. Engines on a graph store send an image whole, and write it to their disk before the first
 * byte comes: some 10 s a gigabyte (28.5.2). Throws EngineError where the engine fails.
 */
export async function readImageLayers(
  connection: Connection,
  images: readonly ImageToRead[],
  { hashes, transfer = false, known: readBefore = () => undefined, onProgress, signal }: ReadLayersOptions,
): Promise<readonly ImageArchive[]> {
  throwIfAborted(signal);
  const known = (diffId: string): Layer | undefined => {
    const layer = readBefore(diffId);
    return layer && transfer && transferOf(layer) === undefined ? undefined : layer;
  };
  const remembered = images.map(({ diffIds }) => rememberedImage(diffIds, known));
  const missing = images.filter((_, index) => remembered[index] === undefined);
  if (missing.length === 0) return remembered.flatMap((it) => it ?? []);
  // A layer that is stored packed has another name there.
  const byDigest = new Map<string, Layer>();
  for (const diffId of missing.flatMap((it) => it.diffIds)) {
    const layer = known(diffId);
    if (!layer) continue;
    byDigest.set(diffId, layer);
    if (layer.packed) byDigest.set(layer.packed.digest, layer);
  }
  const reading = { hashes, transfer, known: (digest: string) => byDigest.get(digest) };
  const read =
    (await readFromStore(connection, missing, reading, onProgress, signal)) ??
    (await readSaved(connection, missing, reading, onProgress, signal));
  const next = read.values();
  return remembered.flatMap((it) => it ?? next.next().value ?? []);
}

type Reading = Parameters<typeof readImageBlobs>[2];
type OnProgress = ReadLayersOptions["onProgress"];

/**
 * Layer by layer, without those that are known. Undefined where that cannot be done: of an engine with another store, or where
 * anything of the images is missing; what is wrong is for the engine itself to say then.
 */
async function readFromStore(
  connection: Connection,
  images: readonly ImageToRead[],
  reading: Reading,
  onProgress: OnProgress,
  signal: AbortSignal | undefined,
): Promise<readonly ImageArchive[] | undefined> {
  if (images.some((it) => it.compressedSize === undefined)) return undefined;
  try {
    const store = await openContentStore(connection, signal);
    try {
      return await readImageBlobs(
        countedBlobs(store.blobsOf(images), onProgress),
        images.map((it) => it.diffIds),
        reading,
      );
    } finally {
      store.close();
    }
  } catch {
    throwIfAborted(signal);
    return undefined;
  }
}

/** As the engine saves them: together, so that a layer comes once, but whole. */
async function readSaved(
  connection: Connection,
  images: readonly ImageToRead[],
  reading: Reading,
  onProgress: OnProgress,
  signal: AbortSignal | undefined,
): Promise<readonly ImageArchive[]> {
  try {
    const names = images.map((it) => it.id);
    const answer = await open(
      connection,
      names.length === 1
        ? { method: "GET", path: `/images/${names[0]}/get` }
        : { method: "GET", path: "/images/get", query: { names } },
      signal,
    );
    try {
      return await readImageArchives(
        counted(partsOf(answer), onProgress),
        images.map((it) => it.diffIds),
        reading,
      );
    } finally {
      answer.destroy();
    }
  } catch (error) {
    throw toEngineError(error, connection.address, "reading the image", signal);
  }
}

/** Undefined where any of the layers is not known. */
function rememberedImage(
  diffIds: readonly string[],
  known: (diffId: string) => Layer | undefined,
): ImageArchive | undefined {
  const layers = diffIds.flatMap((diffId) => {
    const layer = known(diffId);
    return layer ? [{ diffId, layer, problem: undefined, compressedSize: transferOf(layer) }] : [];
  });
  return layers.length === diffIds.length ? { layers, history: undefined, problem: undefined } : undefined;
}

/** The same things; `onProgress` is told how many bytes of them have come. */
async function* countedBlobs(
  blobs: AsyncIterable<StoredBlob>,
  onProgress: OnProgress,
): AsyncGenerator<StoredBlob> {
  let before = 0;
  for await (const blob of blobs) {
    const start = before;
    const report = (bytes: number) => {
      before = start + bytes;
      onProgress?.(before);
    };
    yield { ...blob, parts: counted(blob.parts, report) };
  }
}

/** The same bytes; `onProgress` is told how many have come. */
export async function* counted<Part extends Uint8Array>(
  source: AsyncIterable<Part>,
  onProgress: OnProgress,
): AsyncGenerator<Part> {
  let bytes = 0;
  for await (const part of source) {
    bytes += part.length;
    onProgress?.(bytes);
    yield part;
  }
}
