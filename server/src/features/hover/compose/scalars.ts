import type { ScalarShape } from "../../../model/compose/specification/shape.ts";
import { readMemorySize } from "../../../syntax/compose/memory-size.ts";
import { readDuration } from "../../../syntax/dockerfile/duration.ts";
import { counted } from "../../../text/counted.ts";
import { code } from "../../markdown.ts";

/** `90s`: what a duration or size comes to; undefined where it says so itself. */
export function amountText({ type }: ScalarShape, value: string): string | undefined {
  if (type === "duration") return durationText(value);
  return type === "bytes" || type === "size" ? sizeText(value) : undefined;
}

const UNITS: readonly (readonly [string, number])[] = [
  ["day", 86_400e9],
  ["hour", 3_600e9],
  ["minute", 60e9],
  ["second", 1e9],
  ["millisecond", 1e6],
  ["microsecond", 1e3],
  ["nanosecond", 1],
];

function durationText(value: string): string | undefined {
  // Compose takes days too, which Go does not.
  const days = /^(\d+)d(.*)$/.exec(value);
  const nanoseconds = days
    ? Number(days[1]) * 86_400e9 + (days[2] ? (readDuration(days[2]) ?? Number.NaN) : 0)
    : readDuration(value);
  if (nanoseconds === undefined || Number.isNaN(nanoseconds) || nanoseconds < 0) return undefined;
  if (nanoseconds === 0) return "No time at all.";
  const parts: string[] = [];
  let rest = nanoseconds;
  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length);
    if (count > 0) parts.push(counted(count, unit));
    rest -= count * length;
  }
  return `${code(value)} is ${parts.join(" ")}.`;
}

function sizeText(value: string): string | undefined {
  const bytes = readMemorySize(value);
  if (bytes === undefined) return undefined;
  return `${code(value)} is ${binary(bytes)}${bytes < 1024 ? "" : `, ${grouped(bytes)} bytes`}.`;
}

function binary(bytes: number): string {
  const names = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let at = 0;
  let amount = bytes;
  while (amount >= 1024 && at < names.length - 1) {
    amount /= 1024;
    at++;
  }
  return `${Number(amount.toFixed(2))} ${names[at] ?? ""}`;
}

function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
