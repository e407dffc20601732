import type { ArchivedHistoryRow, ImageArchive } from "./layers/image-archive.ts";
import type { Layer, LayerEntry } from "./layers/layer.ts";
import { type Stack, stackLayers } from "./stack.ts";

/** An image's layers with the files in them, as far as they can be read. */
export interface ReadImage {
  /** Oldest first; undefined for one that cannot be read. */
  readonly layers: readonly (Layer | undefined)[];
  /** Bytes of each as a pull transfers it, where the engine keeps them packed or that was measured. */
  readonly compressed?: readonly (number | undefined)[];
  /** As the image's configuration has it; undefined where that was never read. */
  readonly configHistory: readonly ArchivedHistoryRow[] | undefined;
  /** What could not be read, in words for the user. */
  readonly problems: readonly string[];
}

/** What an archive of an image holds. */
export function readImageOf({ layers, history, problem }: ImageArchive): ReadImage {
  return {
    layers: layers.map((it) => it.layer),
    compressed: layers.map((it) => it.compressedSize),
    configHistory: history,
    problems: [problem, ...layers.map((it) => it.problem)].filter((it) => it !== undefined),
  };
}

/** What a pull of an image transfers, as far as reading it told: bytes of all layers packed. */
export function transferOfRead({ compressed = [] }: Pick<ReadImage, "compressed">): number | undefined {
  const told = compressed.filter((it) => it !== undefined);
  return told.length === 0 || told.length < compressed.length
    ? undefined
    : told.reduce((sum, it) => sum + it, 0);
}

/** Layers as they are laid upon each other; one that cannot be read keeps its place and holds nothing. */
export function wholeLayers(layers: readonly (Layer | undefined)[]): readonly Layer[] {
  return layers.map(
    (layer, index) => layer ?? { diffId: `unread ${index}`, entries: [], removed: [], opaque: [], size: 0 },
  );
}

/** Layers and what they make together. */
export interface StackedLayers {
  readonly layers: readonly Layer[];
  readonly stack: Stack;
}

const stacked = new WeakMap<object, StackedLayers>();

/** Laid upon each other once, however often that is asked for: it is most of the work of telling what is in an image. */
export function stackOf(read: Pick<ReadImage, "layers">): StackedLayers {
  const known = stacked.get(read);
  if (known) return known;
  const layers = wholeLayers(read.layers);
  const made = { layers, stack: stackLayers(layers) };
  stacked.set(read, made);
  return made;
}

/** A file system that was only listed: which layers made it is not known, nor what they hide. */
export function stackOfListing(entries: readonly LayerEntry[]): StackedLayers {
  const size = entries.reduce((sum, it) => sum + it.size, 0);
  const layer: Layer = { diffId: "listed", entries, removed: [], opaque: [], size };
  return { layers: [layer], stack: stackLayers([layer]) };
}
