import type { HistoryRow, ImageDetails } from "../../engine/engine.ts";
import type { StageInfo } from "../../shared/server-messages.ts";
import type { LayerEntry } from "../layers/layer.ts";
import { rowsFromBase } from "../lines/base-boundary.ts";
import { instructionText } from "../lines/instruction-text.ts";
import { layersOfRows } from "../lines/layers-of-rows.ts";
import { mapLines, type RowLines } from "../lines/map-lines.ts";
import { type ReadImage, transferOfRead } from "../read-image.ts";
import type { Comparison, WeighedImage, WeighedLayer } from "./comparison.ts";
import { mergeRows } from "./merge-rows.ts";
import { readFigures } from "./read-figures.ts";

/** An image, what it is called on the page, and what is known of where it came from. */
export interface ImageToCompare {
  readonly details: ImageDetails;
  readonly label: string;
  /** The Dockerfile that made it and the stage that was built. */
  readonly dockerfile?: {
    readonly file: string;
    readonly stage: Pick<StageInfo, "index" | "base" | "line" | "chain">;
    /** All its stages, so that a base can be named that another stage brought. */
    readonly stages?: readonly Pick<StageInfo, "index" | "base" | "line">[];
  };
  /** An image that it may be built on. */
  readonly base?: { readonly details: ImageDetails; readonly label: string };
  /** Its layers, where they were read: then figures are to the byte. */
  readonly read?: ReadImage;
  /** What a container of it sees, where that was listed without reading its layers. */
  readonly listed?: readonly LayerEntry[];
}

/**
 * Weighs images against the first of them, instruction by instruction. The base counts as one `FROM` where it is known: by the
 * Dockerfile, by a base image handed in, or because one of the images is built on another.
 */
export function compareImages(images: readonly ImageToCompare[]): Comparison {
  const first = images[0] ? sizeOf(images[0]) : 0;
  const weighed = images.map((image) => weighImage(image, images, first));
  return { images: weighed, rows: mergeRows(weighed.map((it) => it.layers)), notes: notesOn(images) };
}

function weighImage(image: ImageToCompare, all: readonly ImageToCompare[], first: number): WeighedImage {
  const { id, platform, created } = image.details;
  const layers = layersOf(image, all);
  const unpackedSize = sizeOf(image);
  return {
    id,
    label: image.label,
    platform,
    created,
    unpackedSize,
    compressedSize: transferOfImage(image),
    difference: unpackedSize - first,
    layers,
    ...(image.read && { read: readFigures(image.read, layers) }),
  };
}

/** As the engine tells, or as it was measured when the image was read. */
function transferOfImage({ details, read }: ImageToCompare): number | undefined {
  return details.compressedSize ?? (read && transferOfRead(read));
}

/** To the byte where all of it was read; else as the engine says. */
function sizeOf({ details, read }: ImageToCompare): number {
  const layers = read?.layers ?? [undefined];
  return (
    layers.reduce(
      (sum: number | undefined, it) => (sum === undefined || !it ? undefined : sum + it.size),
      0,
    ) ?? details.unpackedSize
  );
}

interface Base {
  readonly rows: number;
  readonly name: string | undefined;
  /** 0-based line of the FROM that names it. */
  readonly line: number | undefined;
}

function layersOf(image: ImageToCompare, all: readonly ImageToCompare[]): readonly WeighedLayer[] {
  const { history, diffIds } = image.details;
  const file = image.dockerfile?.file;
  const lines = image.dockerfile && mapLines(history, image.dockerfile.stage.chain);
  const base = baseOf(image, lines, all);
  const made = layersOfRows(history, image.read?.configHistory, diffIds.length);
  const rows = history.map((row, index): MeasuredRow => {
    const layer = made?.[index];
    const size = layer === undefined ? undefined : image.read?.layers[layer]?.size;
    return { ...row, size: size ?? row.size, layers: layer === undefined ? [] : [layer] };
  });
  const own = rows.slice(base.rows).map((row, index) => layerOf(row, lines, base.rows + index, file));
  if (base.rows === 0) return own;
  const below = rows.slice(0, base.rows);
  const from: WeighedLayer = {
    instruction: base.name === undefined ? "FROM the base image" : `FROM ${base.name}`,
    keyword: "FROM",
    size: below.reduce((sum, row) => sum + row.size, 0),
    line: base.line === undefined ? undefined : base.line + 1,
    file: base.line === undefined ? undefined : file,
    fromBase: true,
    layers: below.flatMap((row) => row.layers),
  };
  return [from, ...own];
}

interface MeasuredRow extends HistoryRow {
  readonly layers: readonly number[];
}

function layerOf(
  row: MeasuredRow,
  lines: RowLines | undefined,
  index: number,
  file: string | undefined,
): WeighedLayer {
  const line = lines?.instructions[index]?.line;
  const { keyword, text } = instructionText(row.createdBy, row.comment);
  return {
    instruction: text,
    keyword,
    size: row.size,
    line: line === undefined ? undefined : line + 1,
    file: line === undefined ? undefined : file,
    fromBase: false,
    layers: row.layers,
  };
}

function baseOf(image: ImageToCompare, lines: RowLines | undefined, all: readonly ImageToCompare[]): Base {
  if (lines?.baseRows !== undefined) return { rows: lines.baseRows, ...fromInstruction(image) };
  const candidates = [...(image.base ? [image.base] : []), ...all.filter((it) => it !== image)];
  const found = candidates
    .map(({ details, label }) => ({
      rows: rowsFromBase(image.details, details) ?? 0,
      name: label,
      line: undefined,
    }))
    .reduce<Base>((best, it) => (it.rows > best.rows ? it : best), {
      rows: 0,
      name: undefined,
      line: undefined,
    });
  return found;
}

/** The FROM that names an image, behind the stages that the built one is made from. */
function fromInstruction({ dockerfile }: ImageToCompare): Pick<Base, "name" | "line"> {
  if (!dockerfile) return { name: undefined, line: undefined };
  const { stage, stages } = dockerfile;
  const first = Math.min(stage.index, ...stage.chain.map((it) => it.stage));
  if (first === stage.index) return { name: stage.base, line: stage.line };
  const root = stages?.find((it) => it.index === first);
  return { name: root?.base, line: root?.line };
}

function notesOn(images: readonly ImageToCompare[]): readonly string[] {
  const told = images.filter((it) => it.details.compressedSize !== undefined);
  const others = images.filter((it) => it.details.compressedSize === undefined);
  const notes = ["Sizes are unpacked, as on disk, unless called compressed, which is what a pull transfers."];
  if (told.some((it) => !it.read))
    notes.push(
      "The engine's containerd image store counts disk blocks of 4 KiB, so a layer weighs a little more than its files.",
    );
  if (others.some((it) => transferOfImage(it) === undefined))
    notes.push("This engine does not tell compressed sizes; its image store keeps layers unpacked only.");
  else if (others.length > 0)
    notes.push(
      "This engine does not tell compressed sizes: they were measured here, packed as a push packs them. A registry's figure may differ by a few percent.",
    );
  for (const { label, read } of images)
    for (const it of read?.problems ?? []) notes.push(`${label} was read in part. ${it}`);
  return notes;
}
