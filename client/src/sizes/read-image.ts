import type { ArchivedHistoryRow } from "./image-archive.ts";
import type { Layer } from "./layer.ts";

/** An image's layers with the files in them, as far as they can be read. */
export interface ReadImage {
  /** Oldest first; undefined for one that cannot be read. */
  readonly layers: readonly (Layer | undefined)[];
  /** As the image's configuration has it; undefined where that was never read. */
  readonly configHistory: readonly ArchivedHistoryRow[] | undefined;
  /** What could not be read, in words for the user. */
  readonly problems: readonly string[];
}

/** Layers as they are laid upon each other; one that cannot be read keeps its place and holds nothing. */
export function wholeLayers(layers: readonly (Layer | undefined)[]): readonly Layer[] {
  return layers.map(
    (layer, index) => layer ?? { diffId: `unread ${index}`, entries: [], removed: [], opaque: [], size: 0 },
  );
}
