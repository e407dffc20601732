import type { HistoryRow, ImageConfig } from "../../engine/engine.ts";
import type { ArchivedHistoryRow } from "../layers/image-archive.ts";
import type { Layer } from "../layers/layer.ts";
import { type Leftover, leftoversOf } from "../leftovers/leftovers.ts";
import { wholeLayers } from "../read-image.ts";
import { stackLayers } from "../stack.ts";
import { type Duplicate, type LayerWeight, type WastePlace, weigh } from "../waste.ts";
import { bringingLayers } from "./bringing-layers.ts";
import { layersOfRows } from "./layers-of-rows.ts";
import { type ChainLine, mapLines, type RowLines, withRecorded } from "./map-lines.ts";

/** What an instruction of a Dockerfile costs the image that it made. All figures are bytes unpacked. */
export interface LineCost {
  readonly line: ChainLine;
  /** What its layer holds; 0 for an instruction that makes none. */
  readonly bytes: number;
  /** Undefined where only the engine's history was read. */
  readonly files: number | undefined;
  /** Bytes of the layers below that it hides: the image carries them all the same. */
  readonly hidden: number;
  /** These bytes by how it hides them; absent where only the engine's history was read. */
  readonly hides?: LayerWeight["hides"];
  /** Bytes of its layer as stored packed, where that was read: what a pull transfers. */
  readonly transfer?: number;
  /** Of its bytes, those that the image shows in the end. */
  readonly visible: number;
  /** Its largest files, largest first. */
  readonly largest: readonly { readonly path: string; readonly size: number }[];
}

/** Who made a layer: an instruction, the base image, or what the Dockerfile no longer says. */
export type LayerMaker = ChainLine | "base" | "unknown";

/** Bytes that the image carries for nothing, with both places. */
export interface LineWaste {
  readonly how: "rewritten" | "overwritten" | "deleted";
  readonly bytes: number;
  readonly files: number;
  readonly places: readonly WastePlace[];
  readonly storedBy: LayerMaker;
  readonly hiddenBy: LayerMaker;
}

export interface LineDuplicate extends Pick<Duplicate, "size" | "bytes"> {
  readonly places: readonly { readonly path: string; readonly maker: LayerMaker }[];
}

/** An image, line by line. */
export interface ImageCosts {
  readonly lines: readonly LineCost[];
  /** Bytes of the layers that the base image brought; undefined where it is not certain which those are. */
  readonly base: number | undefined;
  readonly total: number;
  readonly visible: number;
  /** Bytes of all `waste`: what a Dockerfile that hides nothing would save. Each copy counts but the one that is seen. */
  readonly reclaimable: number;
  /** Largest first; that of the base image by itself is left out, since nobody can change it here. */
  readonly waste: readonly LineWaste[];
  /** Largest first; those wholly in the base image are left out. */
  readonly duplicates: readonly LineDuplicate[];
  /** Largest first: what is seen and not needed. */
  readonly leftovers: readonly Leftover[];
}

export interface ReadLayersOfImage {
  readonly history: readonly HistoryRow[];
  /** As the image's configuration has it; without it rows of no bytes are told apart by their instruction. */
  readonly configHistory: readonly ArchivedHistoryRow[] | undefined;
  /** Oldest first; undefined for one that could not be read. */
  readonly layers: readonly (Layer | undefined)[];
  /** Bytes of each layer as stored packed, where that is known. */
  readonly compressed?: readonly (number | undefined)[];
  /** What the image starts; without it less is certain of what it needs. */
  readonly config?: Pick<ImageConfig, "entrypoint" | "command" | "environment" | "workdir">;
}

export interface CostedImage extends ReadLayersOfImage {
  readonly chain: readonly ChainLine[];
}

/** Says what each line of a Dockerfile costs the image that it made. Nothing is said of a line that was edited since. */
export function costsOf({ chain, ...image }: CostedImage): ImageCosts {
  return costsOfRows(image, withRecorded(mapLines(image.history, chain), image.configHistory, chain));
}

/** The same where it is known already which instruction made which row of the history. */
export function costsOfRows(image: ReadLayersOfImage, { instructions, baseRows }: RowLines): ImageCosts {
  const { history, configHistory, layers, compressed } = image;
  const rows = layersOfRows(history, configHistory, layers.length);
  const whole = wholeLayers(layers);
  const stack = stackLayers(whole);
  const weight = weigh(whole, stack);
  const makers = makersOf(layers.length, rows, instructions, baseRows);
  const isBase = (layer: number) => makers[layer] === "base";
  const own = makers.map((it) => (typeof it === "string" ? undefined : it));
  const leftovers = leftoversOf({ stack, makers: own, config: image.config });
  const waste = weight.waste.filter((it) => !(isBase(it.storedBy) && isBase(it.hiddenBy)));
  return {
    lines: instructions.flatMap((line, row): LineCost[] => {
      if (!line || !rows || row < (baseRows ?? 0)) return [];
      const index = rows[row];
      const layer = index === undefined ? undefined : layers[index];
      const weighed = index === undefined ? undefined : weight.layers[index];
      // What a layer that cannot be read holds is not 0.
      if (index !== undefined && !layer) return [];
      const hides = weighed?.hides;
      const transfer = index === undefined ? undefined : compressed?.[index];
      return [
        {
          line,
          bytes: layer?.size ?? 0,
          files: weighed?.files ?? 0,
          visible: weighed?.visible ?? 0,
          hidden: hides ? hides.deleted.bytes + hides.overwritten.bytes + hides.rewritten.bytes : 0,
          ...(hides && { hides }),
          ...(transfer !== undefined && { transfer }),
          largest: layer ? largestOf(layer) : [],
        },
      ];
    }),
    base: baseRows === undefined ? undefined : sumWhere(whole, (_, index) => isBase(index)),
    total: weight.total,
    visible: weight.visible,
    reclaimable: waste.reduce((sum, it) => sum + it.bytes, 0),
    waste: waste.map(({ storedBy, hiddenBy, ...it }) => ({
      ...it,
      storedBy: makers[storedBy] ?? "unknown",
      hiddenBy: makers[hiddenBy] ?? "unknown",
    })),
    duplicates: duplicatesBy(weight.duplicates, makers, bringingLayers(stack)).filter(
      (it) => !isLeftover(it, leftovers),
    ),
    leftovers,
  };
}

function makersOf(
  count: number,
  rows: readonly (number | undefined)[] | undefined,
  instructions: readonly (ChainLine | undefined)[],
  baseRows: number | undefined,
): readonly LayerMaker[] {
  const makers = new Array<LayerMaker>(count).fill("unknown");
  rows?.forEach((layer, row) => {
    if (layer === undefined) return;
    makers[layer] = row < (baseRows ?? 0) ? "base" : (instructions[row] ?? "unknown");
  });
  return makers;
}

function largestOf({ entries }: Layer): { readonly path: string; readonly size: number }[] {
  return entries
    .filter((it) => it.kind === "file" && it.size > 0)
    .sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1))
    .slice(0, MOST_FILES)
    .map(({ path, size }) => ({ path, size }));
}

const MOST_FILES = 5;

function duplicatesBy(
  duplicates: readonly Duplicate[],
  makers: readonly LayerMaker[],
  bringing: ReturnType<typeof bringingLayers>,
): LineDuplicate[] {
  return duplicates
    .map(({ size, bytes, places }) => ({
      size,
      bytes,
      places: places.map(({ path, layer }) => ({
        path,
        maker: makers[bringing(path, layer)] ?? ("unknown" as const),
      })),
    }))
    .filter(({ places }) => places.some((it) => it.maker !== "base"));
}

/** What should not be there at all is not also there twice. */
function isLeftover({ places }: LineDuplicate, leftovers: readonly Leftover[]): boolean {
  const whole = leftovers
    .filter(
      (it) => it.kind === "repository" || it.kind === "host-dependencies" || it.kind === "package-cache",
    )
    .flatMap((it) => it.places);
  const own = places.filter((it) => it.maker !== "base");
  return own.every(({ path }) => whole.some((it) => path.startsWith(`${it.path}/`)));
}

function sumWhere(layers: readonly Layer[], wanted: (layer: Layer, index: number) => boolean): number {
  return layers.reduce((sum, it, index) => (wanted(it, index) ? sum + it.size : sum), 0);
}
