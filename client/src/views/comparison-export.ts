import type { ExportFormat } from "../shared/compare-messages.ts";
import { formatBytes, formatDifference, formatExactBytes, formatPercent } from "../shared/figures.ts";
import type { FileRow } from "../shared/file-messages.ts";
import { inCell, inCode, table } from "../shared/markdown-table.ts";
import type { Comparison, WeighedImage } from "../sizes/comparison/comparison.ts";
import { csvOf } from "./csv.ts";

/** How many files Markdown shows: what moved most. */
const MOST_FILES = 20;

/**
 * A comparison as text. Markdown has figures for people; CSV and JSON have bytes. `files`: those in which the images differ, the
 * largest difference first, where they were read.
 */
export function exportComparison(
  comparison: Comparison,
  format: ExportFormat,
  files?: readonly FileRow[],
): string {
  switch (format) {
    case "markdown":
      return markdown(comparison, files);
    case "csv":
      return csv(comparison);
    case "json":
      return `${JSON.stringify(files ? { ...comparison, files: files.map(fileForJson) } : comparison, undefined, 2)}\n`;
  }
}

/** The list of files; `labels` are those of the images. */
export function exportFiles(rows: readonly FileRow[], labels: readonly string[]): string {
  return csvOf([
    ["path", ...labels.map((it) => `${it} (bytes)`), "difference", "status", "instruction"],
    ...rows.map((it) => [
      it.path,
      ...it.sizes.map((size) => size ?? undefined),
      it.difference,
      it.status,
      it.instruction ?? undefined,
    ]),
  ]);
}

function fileForJson({ path, sizes, status, difference, instruction }: FileRow) {
  return { path, status, sizes, difference, instruction };
}

function markdown({ images, rows, notes }: Comparison, files: readonly FileRow[] = []): string {
  const first = images[0];
  const summary = images.map((image) => [
    inCell(image.label),
    image.platform,
    `${formatBytes(image.unpackedSize)} (${formatExactBytes(image.unpackedSize)} B)`,
    image.compressedSize === undefined ? "not told" : formatBytes(image.compressedSize),
    image === first || first === undefined
      ? ""
      : [formatDifference(image.difference), formatPercent(image.difference, first.unpackedSize)]
          .filter(Boolean)
          .join(", "),
  ]);
  const instructions = rows
    .filter((row) => row.sizes.some((size) => size !== undefined && size > 0))
    .map((row) => [
      inCode(row.instruction),
      ...row.sizes.map((size) => (size === undefined ? "–" : formatBytes(size))),
    ]);
  return [
    table(
      ["Image", "Platform", "Unpacked", "Compressed", `Against ${first?.label ?? ""}`.trim()],
      summary,
      2,
    ),
    table(["Instruction (unpacked bytes)", ...images.map((it) => inCell(it.label))], instructions, 1),
    ...images.map(wasteTable),
    filesTable(files, images),
    notes.map((note) => `${note}\n`).join("\n"),
  ]
    .filter(Boolean)
    .join("\n");
}

function wasteTable({ label, layers, read }: WeighedImage): string {
  if (!read || read.waste.length === 0) return "";
  const maker = (index: number | undefined) =>
    index === undefined ? "–" : inCode(layers[index]?.instruction ?? "");
  return table(
    [`Carried for nothing in ${inCell(label)}`, "Stored by", "Hidden by", "Files", "Bytes"],
    read.waste.map((it) => [
      it.how,
      maker(it.storedBy),
      maker(it.hiddenBy),
      String(it.files),
      formatBytes(it.bytes),
    ]),
    3,
  );
}

function filesTable(files: readonly FileRow[], images: readonly WeighedImage[]): string {
  if (files.length === 0) return "";
  return table(
    ["File", "Status", ...images.map((it) => inCell(it.label)), "Difference"],
    files
      .slice(0, MOST_FILES)
      .map((it) => [
        inCode(it.path),
        it.status,
        ...it.sizes.map((size) => (size === null ? "–" : formatBytes(size))),
        formatDifference(it.difference),
      ]),
    2,
  );
}

function csv({ images, rows }: Comparison): string {
  const lines: (string | number | undefined)[][] = [
    ["instruction", ...images.map((it) => `${it.label} (unpacked bytes)`)],
    ...rows.map((row) => [row.instruction, ...row.sizes]),
    ["total unpacked", ...images.map((it) => it.unpackedSize)],
    ["total compressed", ...images.map((it) => it.compressedSize)],
  ];
  return csvOf(lines);
}
