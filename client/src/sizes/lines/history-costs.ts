import type { ImageDetails } from "../../engine/engine.ts";
import type { StageSizes } from "../history/sized-stage.ts";
import { type ChainLine, mapLines } from "./map-lines.ts";

/**
 * What each line added, as the engine's own history has it: known at once, without reading the image, and without what is in the
 * layers. A containerd store counts disk blocks of 4 KiB there.
 */
export function costsFromHistory(
  { history, unpackedSize }: Pick<ImageDetails, "history" | "unpackedSize">,
  chain: readonly ChainLine[],
): StageSizes {
  const { instructions, baseRows } = mapLines(history, chain);
  return {
    lines: instructions.flatMap((line, row) =>
      line && row >= (baseRows ?? 0)
        ? [{ line, bytes: history[row]?.size ?? 0, hidden: 0, files: undefined, largest: [] }]
        : [],
    ),
    total: unpackedSize,
    base:
      baseRows === undefined ? undefined : history.slice(0, baseRows).reduce((sum, row) => sum + row.size, 0),
  };
}
