import { formatBytes, formatExactBytes } from "../../src/shared/figures.ts";
import type { Comparison, WeighedImage, WeighedLayer } from "../../src/sizes/comparison/comparison.ts";
import { kindOf, type LayerKind, layerPlace, type Place } from "./view-model.ts";

/** What one image carries for nothing, as the page tells it. */
export interface WasteView {
  readonly image: number;
  readonly label: string;
  readonly sentence: string;
  readonly rows: readonly WasteRow[];
  readonly duplicates: readonly DuplicateRow[];
}

export interface WasteRow {
  readonly how: string;
  readonly stored: Maker;
  readonly hidden: Maker;
  readonly files: string;
  readonly size: string;
  readonly exact: string;
  readonly places: readonly WastePlaceRow[];
}

export interface Maker {
  readonly instruction: string;
  readonly kind: LayerKind;
  readonly place: Place | undefined;
}

export interface WastePlaceRow {
  readonly path: string;
  readonly size: string;
  readonly files: string;
  /** The one file that it is, and its layer, to open it. */
  readonly opens: { readonly path: string; readonly layer: string } | undefined;
}

export interface DuplicateRow {
  readonly paths: readonly string[];
  readonly size: string;
  readonly bytes: string;
}

const hows = {
  rewritten: "Stored again with another mode or owner",
  overwritten: "Overwritten",
  deleted: "Deleted",
} as const;

/** One an image that was read. */
export function wasteOf({ images }: Comparison): readonly WasteView[] {
  return images.flatMap((image, index) => (image.read ? [viewOf(image, index, image.read)] : []));
}

function viewOf(image: WeighedImage, index: number, read: NonNullable<WeighedImage["read"]>): WasteView {
  const lost = image.unpackedSize - read.visible;
  const twice =
    read.duplicated === 0 ? "" : ` ${formatBytes(read.duplicated)} are copies of what stands elsewhere too.`;
  const share = image.unpackedSize === 0 ? 0 : (lost / image.unpackedSize) * 100;
  const percent = share < 0.1 ? "under 0.1 %" : `${share.toFixed(1)} %`;
  return {
    image: index,
    label: image.label,
    sentence:
      (lost <= 0
        ? "Nothing is carried in vain."
        : `${formatBytes(lost)} (${percent}) are carried for nothing: no container sees them.`) + twice,
    rows: read.waste.map(({ how, storedBy, hiddenBy, storedIn, bytes, files, places }) => ({
      how: hows[how],
      stored: makerOf(image.layers, storedBy),
      hidden: makerOf(image.layers, hiddenBy),
      files: countOf(files),
      size: formatBytes(bytes),
      exact: `${formatExactBytes(bytes)} bytes`,
      places: places.map((it) => ({
        path: it.path,
        size: formatBytes(it.bytes),
        files: countOf(it.files),
        opens: it.file === undefined ? undefined : { path: it.file, layer: storedIn },
      })),
    })),
    duplicates: read.duplicates.map(({ paths, size, bytes }) => ({
      paths,
      size: formatBytes(size),
      bytes: formatBytes(bytes),
    })),
  };
}

function makerOf(layers: readonly WeighedLayer[], index: number | undefined): Maker {
  const layer = index === undefined ? undefined : layers[index];
  if (!layer) return { instruction: "an instruction that is not known", kind: "other", place: undefined };
  const { instruction, keyword, fromBase } = layer;
  return { instruction, kind: kindOf(keyword, fromBase), place: layerPlace(layer) };
}

function countOf(files: number): string {
  return files === 1 ? "1 file" : `${formatExactBytes(files)} files`;
}
