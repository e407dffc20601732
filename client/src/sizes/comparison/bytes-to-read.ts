import type { ImageDetails } from "../../engine/engine.ts";
import { layersOfRows } from "../lines/layers-of-rows.ts";

type Measured = Pick<ImageDetails, "diffIds" | "history" | "unpackedSize" | "compressedSize">;

/**
 * What an engine has to hand over, in bytes, to read the layers of these images: nothing of an image whose layers are all known, a
 * layer that several have once. A containerd store hands them over compressed, and of other images too only what is not known. As exact as the
 * engine's own figures.
 */
export function bytesToRead(images: readonly Measured[], isKnown: (diffId: string) => boolean): number {
  const layers = new Map<string, number>();
  let others = 0;
  for (const image of images) {
    if (image.diffIds.every(isKnown)) continue;
    const sizes = layerSizes(image);
    if (!sizes) others += image.compressedSize ?? image.unpackedSize;
    else
      image.diffIds.forEach((diffId, index) => {
        const isSpared = image.compressedSize !== undefined && isKnown(diffId);
        layers.set(diffId, isSpared ? 0 : (sizes[index] ?? 0));
      });
  }
  return Math.round([...layers.values()].reduce((sum, it) => sum + it, others));
}

/** Of each layer as it is handed over; undefined where the engine's rows cannot be told apart. */
function layerSizes({ history, diffIds, unpackedSize, compressedSize }: Measured): number[] | undefined {
  const rows = layersOfRows(history, undefined, diffIds.length);
  if (!rows) return undefined;
  const packed = compressedSize === undefined ? 1 : compressedSize / Math.max(unpackedSize, 1);
  return rows.flatMap((layer, row) => (layer === undefined ? [] : [(history[row]?.size ?? 0) * packed]));
}
