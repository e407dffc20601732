import { type ImageArchive, readImageArchives } from "../sizes/image-archive.ts";
import { type Layer, transferOf } from "../sizes/layer.ts";
import { type Connection, open } from "./connection.ts";
import type { ImageDetails } from "./engine.ts";
import { throwIfAborted, toEngineError } from "./failures.ts";
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

/**
 * The layers of images with what each of their entries says, in the order of `images`. Reads each layer once, as the engine saves
 * them together, and holds no file's content; what is wrong with a layer is said in it, and the others are there. Engines on a
 * graph store write the archive to their disk before the first byte comes: some 10 s a gigabyte (28.5.2). Throws EngineError
 * where the engine fails.
 */
export async function readImageLayers(
  connection: Connection,
  images: readonly Pick<ImageDetails, "id" | "diffIds">[],
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
  try {
    const names = missing.map((it) => it.id);
    const answer = await open(
      connection,
      names.length === 1
        ? { method: "GET", path: `/images/${names[0]}/get` }
        : { method: "GET", path: "/images/get", query: { names } },
      signal,
    );
    try {
      const read = await readImageArchives(
        counted(partsOf(answer), onProgress),
        missing.map((it) => it.diffIds),
        { hashes, transfer, known: (digest) => byDigest.get(digest) },
      );
      const next = read.values();
      return remembered.flatMap((it) => it ?? next.next().value ?? []);
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

/** The same bytes; `onProgress` is told how many have come. */
export async function* counted(
  source: AsyncIterable<Buffer>,
  onProgress: ((bytes: number) => void) | undefined,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const part of source) {
    bytes += part.length;
    onProgress?.(bytes);
    yield part;
  }
}
