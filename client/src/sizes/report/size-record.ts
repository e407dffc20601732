import type { ImageReport } from "./image-report.ts";

/** What `plimsoll size --record` writes and `--against` reads; `--format json` has it too, with more. */
export interface RecordFile {
  readonly form: 1;
  readonly images: readonly ImageReport[];
}

/** Reads a record. What is no record, or one of a later Plimsoll, gives a sentence that says so. */
export function readSizeRecord(text: string): RecordFile | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  if (!isRecord(value) || !Array.isArray(value["images"])) return "it is no record of plimsoll size --record";
  if (value["form"] !== 1) return "it was written by another version of Plimsoll; record it again";
  return value["images"].every(isReport)
    ? { form: 1, images: value["images"] }
    : "it is no record of plimsoll size --record";
}

/** As far as anything would break on it. */
function isReport(value: unknown): value is ImageReport {
  if (!isRecord(value)) return false;
  const { name, onDisk, transfer, base, lines } = value;
  return (
    typeof name === "string" &&
    typeof onDisk === "number" &&
    (transfer === null || typeof transfer === "number") &&
    (base === null || (isRecord(base) && typeof base["bytes"] === "number")) &&
    Array.isArray(lines) &&
    lines.every(
      (it) =>
        isRecord(it) &&
        typeof it["instruction"] === "string" &&
        typeof it["keyword"] === "string" &&
        typeof it["bytes"] === "number",
    )
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
