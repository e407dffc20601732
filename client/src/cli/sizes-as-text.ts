import { formatBytes, formatDifference, formatExactBytes, formatPercent } from "../shared/figures.ts";
import type { ImageReport, ReportMaker } from "../sizes/report/image-report.ts";
import { type SizeResult, verdictTexts } from "./verdict.ts";

/** Instructions and wastes that are listed; JSON has them all. */
const mostWaste = 5;
const longestInstruction = 100;

/** For a person at a terminal, and for the log of a build. */
export function sizesAsText(results: readonly SizeResult[]): string {
  return `${results.map((it) => imageText(it).join("\n")).join("\n\n")}\n`;
}

function imageText(result: SizeResult): readonly string[] {
  const { report, change } = result;
  const { base, onDisk, visible, transfer } = report;
  const own = base
    ? `${formatBytes(onDisk - base.bytes)} of it its own, ${formatBytes(base.bytes)} of ${base.name ?? "its base"}`
    : "which of it came with a base image is not known here";
  const lost = onDisk - visible;
  return [
    `${report.name}  ${report.platform}`,
    `  on disk   ${formatExactBytes(onDisk)} bytes (${formatBytes(onDisk)}), ${own}`,
    transfer === null
      ? "  transfer  not known, as not all layers could be read"
      : `  transfer  ${formatExactBytes(transfer)} bytes (${formatBytes(transfer)})`,
    ...(lost > 0 ? [`  wasted    ${formatBytes(lost)}, hidden by later instructions`] : []),
    ...(result.isCompared ? [`  change    ${change ? changeText(result) : "not in the record"}`] : []),
    "",
    ...linesText(result),
    ...wasteText(result),
    ...(change && change.lines.length > 0 ? ["", "  What moved it:", ...movedText(result)] : []),
    ...verdictsText(result),
  ];
}

function changeText({ change }: SizeResult): string {
  if (!change) return "";
  const percent = formatPercent(change.onDisk, change.before.onDisk);
  const transfer = change.transfer === null ? "" : `, ${formatDifference(change.transfer)} to transfer`;
  return `${formatDifference(change.onDisk)}${percent === undefined ? "" : ` (${percent})`} on disk${transfer}, from ${formatBytes(change.before.onDisk)}`;
}

function linesText({ report, file }: SizeResult): readonly string[] {
  const rows = report.lines
    .filter((it) => it.bytes > 0 || it.hidden > 0)
    .map((it) => [formatExactBytes(it.bytes), placeOf(it.line, file), shortened(it.instruction)] as const);
  if (rows.length === 0) return ["  No instruction of its own brings files."];
  const width = Math.max(...rows.map(([bytes]) => bytes.length));
  const placeWidth = Math.max(...rows.map(([, place]) => place.length));
  return rows.map(([bytes, place, instruction]) =>
    `  ${bytes.padStart(width)}  ${placeWidth > 0 ? `${place.padEnd(placeWidth)}  ` : ""}${instruction}`.trimEnd(),
  );
}

function wasteText({ report, file }: SizeResult): readonly string[] {
  if (report.waste.length === 0) return [];
  const how = { deleted: "deleted", overwritten: "replaced", rewritten: "stored once more" };
  const rows = report.waste
    .slice(0, mostWaste)
    .map(
      (it) =>
        `  ${formatBytes(it.bytes)} of ${makerText(it.storedBy, report, file)} ${how[it.how]} by ${makerText(it.hiddenBy, report, file)}: ${it.paths.join(", ")}`,
    );
  const more = report.waste.length - rows.length;
  return ["", "  Carried for nothing:", ...rows, ...(more > 0 ? [`  and ${more} more`] : [])];
}

/** Who made something of an image: a place in the Dockerfile where there is one, else the instruction itself. */
export function makerText(maker: ReportMaker, { lines }: ImageReport, file: string | undefined): string {
  if (maker === "base") return "the base image";
  const line = maker === "unknown" ? undefined : lines[maker];
  if (!line) return "an unknown instruction";
  return placeOf(line.line, file) || shortened(line.instruction, 60);
}

function movedText({ change, file }: SizeResult): readonly string[] {
  const rows = (change?.lines ?? []).map((it) => [formatDifference(it.difference), it] as const);
  const width = Math.max(...rows.map(([difference]) => difference.length));
  return rows.map(([difference, { line, instruction, after, before }]) => {
    const what = after === null ? "gone" : before === null ? "new" : "";
    return `  ${difference.padStart(width)}  ${[placeOf(line, file), what, shortened(instruction)].filter((it) => it !== "").join("  ")}`;
  });
}

function verdictsText(result: SizeResult): readonly string[] {
  const texts = verdictTexts(result);
  const rows = texts.map(({ text, isOver }) => `  ${isOver ? "FAILS" : "ok"}: ${result.report.name} ${text}`);
  return rows.length === 0 ? [] : ["", ...rows];
}

/** `Dockerfile:4`; empty where it has no place. */
export function placeOf(line: number | null, file: string | undefined): string {
  return line === null || file === undefined ? "" : `${file}:${line}`;
}

/** An instruction on one line of a terminal, of `most` characters. */
export function shortened(instruction: string, most = longestInstruction): string {
  // No control character of an image may steer a terminal.
  const plain = instruction.replace(/\p{Cc}/gu, " ");
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
}
