import type { HistoryRow, ImageDetails } from "../engine/engine.ts";
import type { StageInfo } from "../shared/server-messages.ts";
import { rowsFromBase } from "./base-boundary.ts";
import type { Comparison, WeighedImage, WeighedLayer } from "./comparison.ts";
import { instructionText } from "./instruction-text.ts";
import { mapLines, type RowLines } from "./map-lines.ts";
import { mergeRows } from "./merge-rows.ts";

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
}

/**
 * Weighs images against the first of them, instruction by instruction. The base counts as one `FROM` where it is known: by the
 * Dockerfile, by a base image handed in, or because one of the images is built on another.
 */
export function compareImages(images: readonly ImageToCompare[]): Comparison {
  const first = images[0]?.details.unpackedSize ?? 0;
  const weighed = images.map((image) => weigh(image, images, first));
  return { images: weighed, rows: mergeRows(weighed.map((it) => it.layers)), notes: notesOn(images) };
}

function weigh(image: ImageToCompare, all: readonly ImageToCompare[], first: number): WeighedImage {
  const { id, platform, created, unpackedSize, compressedSize } = image.details;
  return {
    id,
    label: image.label,
    platform,
    created,
    unpackedSize,
    compressedSize,
    difference: unpackedSize - first,
    layers: layersOf(image, all),
  };
}

interface Base {
  readonly rows: number;
  readonly name: string | undefined;
  /** 0-based line of the FROM that names it. */
  readonly line: number | undefined;
}

function layersOf(image: ImageToCompare, all: readonly ImageToCompare[]): readonly WeighedLayer[] {
  const { history } = image.details;
  const file = image.dockerfile?.file;
  const lines = image.dockerfile && mapLines(history, image.dockerfile.stage.chain);
  const base = baseOf(image, lines, all);
  const own = history.slice(base.rows).map((row, index) => layerOf(row, lines, base.rows + index, file));
  if (base.rows === 0) return own;
  const from: WeighedLayer = {
    instruction: base.name === undefined ? "FROM the base image" : `FROM ${base.name}`,
    keyword: "FROM",
    size: history.slice(0, base.rows).reduce((sum, row) => sum + row.size, 0),
    line: base.line === undefined ? undefined : base.line + 1,
    file: base.line === undefined ? undefined : file,
    fromBase: true,
  };
  return [from, ...own];
}

function layerOf(
  row: HistoryRow,
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
  const told = images.filter((it) => it.details.compressedSize !== undefined).length;
  const notes = ["Sizes are unpacked, as on disk, unless called compressed, which is what a pull transfers."];
  if (told > 0)
    notes.push(
      "The engine's containerd image store counts disk blocks of 4 KiB, so a layer weighs a little more than its files.",
    );
  if (told < images.length)
    notes.push("This engine does not tell compressed sizes; its image store keeps layers unpacked only.");
  return notes;
}
