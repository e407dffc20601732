import { type ImageArchive, readImageArchive } from "../sizes/image-archive.ts";
import type { Layer } from "../sizes/layer.ts";
import { type Connection, open } from "./connection.ts";
import type { ImageDetails } from "./engine.ts";
import { throwIfAborted, toEngineError } from "./failures.ts";
import { partsOf } from "./parts.ts";

export interface ReadLayersOptions {
  /** Also compute the digest of each file's content: finds the same content at two places. */
  readonly hashes: boolean;
  /** Layers that were read before, by diff id; where all of them are, the engine is asked for nothing. */
  readonly known?: (diffId: string) => Layer | undefined;
  /** Bytes of the archive that have come so far. */
  readonly onProgress?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * The layers of an image with what each of their entries says. Reads the image once, as the engine saves it, and holds no file's
 * content; what is wrong with a layer is said in it, and the others are there. Engines on a graph store write the archive to their
 * disk before the first byte comes: some 10 s a gigabyte (28.5.2). Throws EngineError where the engine fails.
 */
export async function readImageLayers(
  connection: Connection,
  { id, diffIds }: Pick<ImageDetails, "id" | "diffIds">,
  { hashes, known = () => undefined, onProgress, signal }: ReadLayersOptions,
): Promise<ImageArchive> {
  throwIfAborted(signal);
  const remembered = diffIds.map((diffId) => ({ diffId, layer: known(diffId) }));
  if (remembered.every((it) => it.layer !== undefined))
    return {
      layers: remembered.map((it) => ({ ...it, problem: undefined, compressedSize: it.layer?.packed?.size })),
      history: undefined,
      problem: undefined,
    };
  const byDigest = new Map(
    remembered.flatMap(({ layer }) =>
      layer
        ? [layer.diffId, ...(layer.packed ? [layer.packed.digest] : [])].map((it) => [it, layer] as const)
        : [],
    ),
  );
  try {
    const answer = await open(connection, { method: "GET", path: `/images/${id}/get` }, signal);
    try {
      return await readImageArchive(counted(partsOf(answer), onProgress), {
        ...{ hashes, diffIds },
        known: (digest) => byDigest.get(digest),
      });
    } finally {
      answer.destroy();
    }
  } catch (error) {
    throw toEngineError(error, connection.address, "reading the image", signal);
  }
}

async function* counted(
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
