import type { ImageDetails } from "../../engine/engine.ts";
import { instructionText } from "../lines/instruction-text.ts";
import { costsOfRows, type LayerMaker, type ReadLayersOfImage } from "../lines/line-costs.ts";
import { type ChainLine, mapLines, type RowLines } from "../lines/map-lines.ts";
import { onOneLine } from "../lines/one-line.ts";

/** What an image weighs and why, as plain data: what `plimsoll size` prints and keeps. Bytes are unpacked where not said otherwise. */
export interface ImageReport {
  /** As it was asked for: `api:1`, `services/api/Dockerfile`, `Dockerfile#build`. */
  readonly name: string;
  /** The engine's id. */
  readonly id: string;
  readonly references: readonly string[];
  readonly platform: string;
  /** All layers. */
  readonly onDisk: number;
  /** Of files that a container sees. */
  readonly visible: number;
  /** Compressed, as a registry has it; null where the engine does not tell. */
  readonly transfer: number | null;
  /** Null where it is not known which layers the base image brought. */
  readonly base: ReportBase | null;
  /** Every instruction behind the base, oldest first, those that bring nothing included. */
  readonly lines: readonly ReportLine[];
  /** Largest first. */
  readonly waste: readonly ReportWaste[];
  /** What could not be read, in words for the user. */
  readonly problems: readonly string[];
}

export interface ReportBase {
  readonly name: string | null;
  readonly bytes: number;
}

export interface ReportLine {
  /** On one line. */
  readonly instruction: string;
  readonly keyword: string;
  /** Of the Dockerfile, from 1; null where that is not known, or the image is all there is. */
  readonly line: number | null;
  readonly bytes: number;
  readonly files: number;
  /** Bytes of layers below that it hides. */
  readonly hidden: number;
}

export interface ReportWaste {
  readonly how: "rewritten" | "overwritten" | "deleted";
  readonly bytes: number;
  readonly files: number;
  readonly storedBy: ReportMaker;
  readonly hiddenBy: ReportMaker;
  /** The places that hold most of it. */
  readonly paths: readonly string[];
}

/** An instruction of the report by its number in `lines`, or what no instruction of it made. */
export type ReportMaker = number | "base" | "unknown";

/** What was measured of one image. */
export interface MeasuredImage {
  readonly name: string;
  readonly image: ImageDetails;
  readonly read: Omit<ReadLayersOfImage, "history">;
  readonly transfer: number | undefined;
  readonly problems: readonly string[];
  /** The instructions of the Dockerfile that made it, and what its FROM names. */
  readonly dockerfile?: { readonly chain: readonly ChainLine[]; readonly base: string };
  /** Rows of its history that another image brought, where no Dockerfile tells. */
  readonly base?: { readonly rows: number; readonly name: string | undefined };
}

/** Paths that are named of one waste. */
const mostPaths = 3;

/** What the command line says of an image: its instructions with what each cost, and what is carried for nothing. Bytes. */
export function reportOf(measured: MeasuredImage): ImageReport {
  const { name, image, read, transfer, dockerfile } = measured;
  const { history } = image;
  const mapped = dockerfile && mapLines(history, dockerfile.chain);
  const rows = rowsOf(image, mapped, measured.base?.rows);
  const costs = costsOfRows({ ...read, history }, rows);
  const own = rows.instructions.slice(rows.baseRows ?? 0).filter((it) => it !== undefined);
  const makerOf = (maker: LayerMaker): ReportMaker =>
    typeof maker === "string" ? maker : own.indexOf(maker) < 0 ? "unknown" : own.indexOf(maker);
  const isWhole = read.layers.every((it) => it !== undefined);
  return {
    name,
    id: image.id,
    references: image.tags,
    platform: image.platform,
    // Where a layer cannot be read, the engine's figure is nearer than the sum of the others.
    onDisk: isWhole ? costs.total : Math.max(image.unpackedSize, costs.total),
    visible: costs.visible,
    transfer: transfer ?? null,
    base:
      costs.base === undefined
        ? null
        : {
            name: (mapped?.baseRows === undefined ? measured.base?.name : dockerfile?.base) ?? null,
            bytes: costs.base,
          },
    lines: own.map((it) => {
      const cost = costs.lines.find(({ line }) => line === it);
      // Where layers and rows do not go together, the engine's own figure is what there is.
      const told = history[rows.instructions.indexOf(it)]?.size ?? 0;
      return {
        instruction: onOneLine(it.text),
        keyword: it.keyword.toUpperCase(),
        line: it.line < 0 ? null : it.line + 1,
        bytes: cost?.bytes ?? told,
        files: cost?.files ?? 0,
        hidden: cost?.hidden ?? 0,
      };
    }),
    waste: costs.waste.map(({ how, bytes, files, places, storedBy, hiddenBy }) => ({
      ...{ how, bytes, files },
      storedBy: makerOf(storedBy),
      hiddenBy: makerOf(hiddenBy),
      paths: places.slice(0, mostPaths).map((it) => it.path),
    })),
    problems: measured.problems,
  };
}

/** Every row behind the base has an instruction: that of the Dockerfile, or what the history says of it. */
function rowsOf(
  { history }: ImageDetails,
  mapped: RowLines | undefined,
  fromBase: number | undefined,
): RowLines {
  const baseRows = mapped?.baseRows ?? fromBase;
  const instructions = history.map((row, index) => {
    if (index < (baseRows ?? 0)) return undefined;
    return mapped?.instructions[index] ?? { ...instructionText(row.createdBy, row.comment), ...nowhere };
  });
  return { instructions, baseRows };
}

/** Of an instruction that no Dockerfile is known for. */
const nowhere = { line: -1, endLine: -1 } as const;
