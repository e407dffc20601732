import type { ImageDetails } from "../../engine/engine.ts";

type Layers = Pick<ImageDetails, "history" | "diffIds">;

/**
 * How many rows of an image's history came from `base`; undefined when the image is not built on it. Layers decide: those of the base
 * must be the first ones of the image. An image without layers is nobody's base.
 */
export function rowsFromBase(image: Layers, base: Layers): number | undefined {
  if (base.diffIds.length === 0 || base.history.length >= image.history.length) return undefined;
  if (!base.diffIds.every((id, index) => image.diffIds[index] === id)) return undefined;
  if (!base.history.every((row, index) => image.history[index]?.createdBy === row.createdBy))
    return undefined;
  return base.history.length;
}
