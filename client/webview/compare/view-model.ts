import { formatBytes, formatDifference, formatExactBytes, formatPercent } from "../../src/shared/figures.ts";
import type {
  Comparison,
  ComparisonRow,
  WeighedImage,
  WeighedLayer,
} from "../../src/sizes/comparison/comparison.ts";
import { type Trend, trendOf } from "../trend.ts";

/** What the reader chose; kept by the page over reloads. */
export interface ViewChoices {
  /** `shared`: one scale for all bars, so lengths compare. `own`: every bar at full width, so small images open up. */
  readonly scale: "shared" | "own";
  readonly sort: Sort;
  /** Also rows in which no image has a byte, such as ENV and CMD. */
  readonly showEmpty: boolean;
}

/** Sizes and differences sort by the largest first; `instruction` is the order of the files. */
export type Sort =
  | { readonly by: "instruction" }
  | { readonly by: "size"; readonly image: number }
  | { readonly by: "difference"; readonly image: number };

export const firstChoices: ViewChoices = { scale: "shared", sort: { by: "instruction" }, showEmpty: false };

/** What the colour of a segment says. */
export type LayerKind = "base" | "run" | "copy" | "other";

export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface Segment {
  readonly kind: LayerKind;
  readonly instruction: string;
  readonly size: string;
  readonly exact: string;
  /** Of its image, e.g. `68.2 %`. */
  readonly share: string;
  /** Width within the bar, 0 to 1. */
  readonly width: number;
  /** Wide enough for words. */
  readonly showsText: boolean;
  /** For a screen reader: all of the above in one sentence. */
  readonly label: string;
  readonly place: Place | undefined;
}

export interface Bar {
  readonly label: string;
  readonly platform: string;
  readonly unpacked: string;
  readonly unpackedExact: string;
  /** Undefined where the engine does not tell. */
  readonly compressed: string | undefined;
  /** Against the first image; undefined for the first itself. */
  readonly difference:
    | { readonly bytes: string; readonly percent: string | undefined; readonly trend: Trend }
    | undefined;
  /** Width of the whole bar, 0 to 1. */
  readonly length: number;
  readonly segments: readonly Segment[];
  /** For a screen reader. */
  readonly spoken: string;
}

export interface Cell {
  /** Undefined: the image has no such instruction. */
  readonly size: string | undefined;
  readonly exact: string | undefined;
  /** Against the first image; undefined in the first image's own cell. */
  readonly difference: string | undefined;
  readonly differenceExact: string | undefined;
  readonly trend: Trend;
}

export interface Row {
  readonly key: string;
  readonly kind: LayerKind;
  readonly instruction: string;
  readonly place: Place | undefined;
  readonly cells: readonly Cell[];
}

export interface Page {
  /** The finding in one sentence. */
  readonly headline: string;
  readonly bars: readonly Bar[];
  readonly kinds: readonly LayerKind[];
  readonly imageLabels: readonly string[];
  readonly rows: readonly Row[];
  /** How many rows without a byte there are, shown or not. */
  readonly emptyRows: number;
  readonly unpackedTotals: readonly Cell[];
  readonly compressedTotals: readonly Cell[];
  /** What a pull transfers of one of them is not known, and can be measured. */
  readonly canMeasureTransfer: boolean;
  readonly notes: readonly string[];
}

/** Everything the page draws. Pure: the same comparison and choices give the same page. */
export function pageOf(comparison: Comparison, choices: ViewChoices): Page {
  const { images } = comparison;
  const largest = Math.max(1, ...images.map((it) => it.unpackedSize));
  const empty = comparison.rows.filter((row) => !hasBytes(row));
  const shown = sorted(choices.showEmpty ? comparison.rows : comparison.rows.filter(hasBytes), choices.sort);
  const compressed = images.map((it) => it.compressedSize);
  return {
    headline: headlineOf(images),
    bars: images.map((image, index) => barOf(image, images[0], index, largest, choices.scale)),
    kinds: kindsIn(images),
    imageLabels: images.map((it) => it.label),
    rows: shown.map((row) => ({
      key: `${comparison.rows.indexOf(row)}`,
      kind: kindOf(row.keyword),
      instruction: row.instruction,
      place: placeOf(row, comparison),
      cells: cellsOf(row.sizes),
    })),
    emptyRows: empty.length,
    unpackedTotals: cellsOf(images.map((it) => it.unpackedSize)),
    compressedTotals: cellsOf(compressed, "unknown"),
    canMeasureTransfer: compressed.some((it) => it === undefined),
    notes: comparison.notes,
  };
}

/** What a reader would ask the page for: which image is the smallest, and by how much it undercuts the largest. */
function headlineOf(images: readonly WeighedImage[]): string {
  const bySize = images.toSorted((a, b) => a.unpackedSize - b.unpackedSize);
  const [smallest, largest] = [bySize[0], bySize.at(-1)];
  if (smallest === undefined || largest === undefined) return "";
  const less = largest.unpackedSize - smallest.unpackedSize;
  if (less === 0) return "All weigh the same, unpacked.";
  const percent = formatPercent(less, largest.unpackedSize)?.replace("+", "");
  return `${smallest.label} is ${formatBytes(less)} (${percent}) smaller than ${largest.label}, unpacked.`;
}

function barOf(
  image: WeighedImage,
  first: WeighedImage | undefined,
  index: number,
  largest: number,
  scale: ViewChoices["scale"],
): Bar {
  const whole = Math.max(
    1,
    image.layers.reduce((sum, it) => sum + it.size, 0),
  );
  const segments = image.layers.filter((it) => it.size > 0).map((layer) => segmentOf(layer, whole));
  const base = index === 0 ? undefined : first;
  const difference =
    base === undefined
      ? undefined
      : {
          bytes: formatDifference(image.difference),
          percent: formatPercent(image.difference, base.unpackedSize),
          trend: trendOf(image.difference),
        };
  const unpacked = formatBytes(image.unpackedSize);
  return {
    label: image.label,
    platform: image.platform,
    unpacked,
    unpackedExact: `${formatExactBytes(image.unpackedSize)} bytes unpacked`,
    compressed: image.compressedSize === undefined ? undefined : formatBytes(image.compressedSize),
    difference,
    length: scale === "own" ? 1 : image.unpackedSize / largest,
    segments,
    spoken:
      `${image.label}: ${unpacked} unpacked in ${segments.length} layers` +
      (difference === undefined || base === undefined ? "" : `, ${difference.bytes} against ${base.label}`),
  };
}

function segmentOf(layer: WeighedLayer, whole: number): Segment {
  const width = layer.size / whole;
  const share = width < 0.001 ? "under 0.1 %" : `${(width * 100).toFixed(width >= 0.1 ? 0 : 1)} %`;
  const size = formatBytes(layer.size);
  const from = layer.fromBase
    ? ", from the base image"
    : layer.line === undefined
      ? ""
      : `, line ${layer.line}`;
  return {
    kind: kindOf(layer.keyword, layer.fromBase),
    instruction: layer.instruction,
    size,
    exact: `${formatExactBytes(layer.size)} bytes`,
    share,
    width,
    showsText: width > 0.12,
    label: `${layer.instruction}: ${size}, ${share} of the image${from}`,
    place: layerPlace(layer),
  };
}

/** `absent` says what a missing figure means: no such instruction (its difference counts as 0 bytes), or not told. */
function cellsOf(sizes: readonly (number | undefined)[], absent: "none" | "unknown" = "none"): Cell[] {
  const first = sizes[0];
  return sizes.map((size, index) => {
    const unknown = absent === "unknown" && (size === undefined || first === undefined);
    const both = size === undefined && first === undefined;
    const difference = index === 0 || unknown || both ? undefined : (size ?? 0) - (first ?? 0);
    return {
      size: size === undefined ? undefined : formatBytes(size),
      exact: size === undefined ? undefined : `${formatExactBytes(size)} bytes`,
      difference: difference === undefined ? undefined : formatDifference(difference),
      differenceExact:
        difference === undefined
          ? undefined
          : `${difference < 0 ? "−" : ""}${formatExactBytes(Math.abs(difference))} bytes`,
      trend: trendOf(difference ?? 0),
    };
  });
}

function sorted(rows: readonly ComparisonRow[], sort: Sort): readonly ComparisonRow[] {
  if (sort.by === "instruction") return rows;
  const { by, image } = sort;
  const value = (row: ComparisonRow) =>
    by === "size" ? (row.sizes[image] ?? -1) : Math.abs((row.sizes[image] ?? 0) - (row.sizes[0] ?? 0));
  return rows.toSorted((a, b) => value(b) - value(a));
}

function hasBytes(row: ComparisonRow): boolean {
  return row.sizes.some((size) => size !== undefined && size > 0);
}

/**
 * The line that made the row's bytes: in the last image that knows it, since that is what one is editing. Of several rows
 * with the same words the second stands for the second such layer, and so on.
 */
function placeOf(row: ComparisonRow, { images, rows }: Comparison): Place | undefined {
  const nth = rows.filter((it) => it.instruction === row.instruction).indexOf(row);
  for (const image of images.toReversed()) {
    const layer = image.layers.filter((it) => it.instruction === row.instruction)[nth];
    const place = layer && layerPlace(layer);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Where a layer's instruction is written; undefined where no Dockerfile tells. */
export function layerPlace({ file, line }: WeighedLayer): Place | undefined {
  return file === undefined || line === undefined ? undefined : { file, line };
}

/** Which colour a layer has: what the base brought counts as one. */
export function kindOf(keyword: string, fromBase = false): LayerKind {
  if (fromBase || keyword === "FROM") return "base";
  if (keyword === "RUN") return "run";
  return keyword === "COPY" || keyword === "ADD" ? "copy" : "other";
}

function kindsIn(images: readonly WeighedImage[]): LayerKind[] {
  const present = new Set(
    images.flatMap((image) =>
      image.layers.filter((it) => it.size > 0).map((it) => kindOf(it.keyword, it.fromBase)),
    ),
  );
  return (["base", "run", "copy", "other"] as const).filter((kind) => present.has(kind));
}
