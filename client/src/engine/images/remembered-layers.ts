import type { ArchivedHistoryRow } from "../../sizes/layers/image-archive.ts";
import type { Layer } from "../../sizes/layers/layer.ts";
import { type ReadImage, readImageOf } from "../../sizes/read-image.ts";
import type { Engine, ImageDetails } from "../engine.ts";
import type { ImageToRead } from "./image-layers.ts";
import type { LayerMemory } from "./layer-memory.ts";

interface ReadRemembered {
  /** What `knownLayers` of the same images answered, where that was asked before. */
  readonly known?: ReadonlyMap<string, Layer>;
  /** See `ReadLayersOptions.transfer`. */
  readonly transfer?: boolean;
  readonly signal: AbortSignal;
  /** Bytes that have come so far; never told when all was in memory. */
  readonly onProgress: (bytes: number) => void;
}

/** Layers of these images that were read before, by digest. */
export async function knownLayers(
  memory: Pick<LayerMemory, "layer">,
  images: readonly Pick<ImageDetails, "diffIds">[],
): Promise<ReadonlyMap<string, Layer>> {
  const known = new Map<string, Layer>();
  const diffIds = [...new Set(images.flatMap((it) => it.diffIds))];
  for (const layer of await Promise.all(diffIds.map(memory.layer))) if (layer) known.set(layer.diffId, layer);
  return known;
}

/**
 * Reads the layers of images, in their order; those in memory are taken from there, and the others are put there. Throws
 * EngineError.
 */
export async function readRemembered(
  memory: LayerMemory,
  engine: Pick<Engine, "readLayersOf">,
  images: readonly ImageToRead[],
  { known: knownBefore, transfer = false, signal, onProgress }: ReadRemembered,
): Promise<readonly ReadImage[]> {
  const known = knownBefore ?? (await knownLayers(memory, images));
  const archives = await engine.readLayersOf(images, {
    ...{ hashes: true, transfer },
    known: (diffId) => known.get(diffId),
    signal,
    onProgress,
  });
  const fresh = new Map<string, Layer>();
  for (const { layers } of archives)
    for (const { layer } of layers)
      if (layer && known.get(layer.diffId) !== layer) fresh.set(layer.diffId, layer);
  await memory.rememberLayers([...fresh.values()]);
  return Promise.all(
    archives.map(async (archive, index) => ({
      ...readImageOf(archive),
      configHistory: await historyOf(memory, images[index]?.id ?? "", archive.history),
    })),
  );
}

async function historyOf(
  memory: LayerMemory,
  id: string,
  read: readonly ArchivedHistoryRow[] | undefined,
): Promise<readonly ArchivedHistoryRow[] | undefined> {
  if (read) await memory.rememberHistory(id, read);
  return read ?? (await memory.history(id));
}
