import { formatBytes, formatDifference, formatExactBytes, formatPercent } from "../shared/figures.ts";
import type { Comparison } from "../sizes/comparison.ts";

/** A comparison as text. Markdown has figures for people; CSV and JSON have bytes. */
export function exportComparison(comparison: Comparison, format: "markdown" | "csv" | "json"): string {
  switch (format) {
    case "markdown":
      return markdown(comparison);
    case "csv":
      return csv(comparison);
    case "json":
      return `${JSON.stringify(comparison, undefined, 2)}\n`;
  }
}

function markdown({ images, rows, notes }: Comparison): string {
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
    notes.map((note) => `${note}\n`).join("\n"),
  ]
    .filter(Boolean)
    .join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[], firstNumber: number): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  const rule = head.map((_, column) => (column < firstNumber ? "---" : "---:"));
  return [head, rule, ...rows].map(line).join("");
}

function inCell(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|");
}

/** A fence of more backticks than the text holds in a row. */
function inCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const padding = longest > 0 ? " " : "";
  return `${fence}${padding}${inCell(text)}${padding}${fence}`;
}

function csv({ images, rows }: Comparison): string {
  const lines: (string | number | undefined)[][] = [
    ["instruction", ...images.map((it) => `${it.label} (unpacked bytes)`)],
    ...rows.map((row) => [row.instruction, ...row.sizes]),
    ["total unpacked", ...images.map((it) => it.unpackedSize)],
    ["total compressed", ...images.map((it) => it.compressedSize)],
  ];
  return lines.map((cells) => `${cells.map(field).join(",")}\r\n`).join("");
}

/** After RFC 4180; a leading `=`, `+`, `-` or `@` would be run as a formula by spreadsheets. */
function field(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
