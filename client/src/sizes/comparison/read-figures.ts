import { type ReadImage, stackOf } from "../read-image.ts";
import { weigh } from "../waste.ts";
import type { ReadFigures, WeighedLayer } from "./comparison.ts";

/** A page shows the largest; the rest is in their sums. */
const MOST_WASTE = 50;
const MOST_PLACES = 20;
const MOST_DUPLICATES = 20;

/** What the layers of an image tell beside their sizes. `instructions`: what made them. */
export function readFigures(
  read: Pick<ReadImage, "layers" | "problems">,
  instructions: readonly Pick<WeighedLayer, "layers">[],
): ReadFigures {
  const { layers: whole, stack } = stackOf(read);
  const { visible, waste, duplicates } = weigh(whole, stack);
  const makerOf = (layer: number) => {
    const index = instructions.findIndex((it) => it.layers.includes(layer));
    return index < 0 ? undefined : index;
  };
  let files = 0;
  for (const { entry } of stack.visible.values())
    if (entry.kind === "file" || entry.kind === "hard-link") files++;
  return {
    files,
    visible,
    waste: waste.slice(0, MOST_WASTE).map(({ storedBy, hiddenBy, how, bytes, files, places }) => ({
      how,
      bytes,
      files,
      storedBy: makerOf(storedBy),
      hiddenBy: makerOf(hiddenBy),
      storedIn: whole[storedBy]?.diffId ?? "",
      places: places.slice(0, MOST_PLACES).map((place) => ({
        ...place,
        file:
          place.files === 1
            ? stack.hidden.find(
                (it) =>
                  it.with === place.path &&
                  it.storedBy === storedBy &&
                  it.hiddenBy === hiddenBy &&
                  it.how === how,
              )?.entry.path
            : undefined,
      })),
    })),
    duplicates: duplicates.slice(0, MOST_DUPLICATES).map(({ size, bytes, places }) => ({
      size,
      bytes,
      paths: places.map((it) => it.path),
    })),
    duplicated: duplicates.reduce((sum, it) => sum + it.bytes, 0),
    problems: read.problems,
  };
}
