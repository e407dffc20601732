import {
  formatBytes,
  formatDifference,
  formatDuration,
  formatExactBytes,
  formatPercent,
} from "../../src/shared/figures.ts";
import type { Trial, TrialRow, TrialStart } from "../../src/shared/variants-messages.ts";
import { type Trend, trendOf } from "../trend.ts";

/** A row as it is drawn. */
export interface Row {
  readonly name: string;
  /** What FROM names. */
  readonly base: string;
  readonly isCurrent: boolean;
  readonly onDisk: Figure | undefined;
  readonly transfer: Figure | undefined;
  /** Against the Dockerfile as it is, on disk. */
  readonly difference: { readonly text: string; readonly trend: Trend } | undefined;
  readonly starts: Starts;
  readonly lacks: readonly string[];
  readonly changes: readonly string[];
  readonly checks: readonly string[];
  /** `5 changes, 1 to check`; undefined when there are none. */
  readonly summary: string | undefined;
}

export interface Figure {
  readonly text: string;
  /** All digits. */
  readonly exact: string;
}

export interface Starts {
  readonly mood: "good" | "bad" | "busy" | "none";
  readonly text: string;
  /** The last lines of what was said. */
  readonly log: readonly string[];
}

export interface Page {
  readonly headline: string;
  readonly rows: readonly Row[];
  readonly refused: Trial["refused"];
  readonly isRunning: boolean;
  /** Two images or more are there. */
  readonly canCompare: boolean;
  /** What a pull transfers of one of them is not known, and can be measured. */
  readonly canMeasure: boolean;
  readonly canRemove: boolean;
}

/** Everything that the page shows of a trial. */
export function pageOf(trial: Trial, made: readonly string[]): Page {
  const current = trial.rows.find((it) => it.name === "current")?.unpackedSize;
  const here = trial.rows.filter((it) => it.tag !== undefined).length;
  return {
    headline: headlineOf(trial),
    rows: trial.rows.map((it) => rowOf(it, current)),
    refused: trial.refused,
    isRunning: trial.state === "running",
    canCompare: here > 1,
    canMeasure: trial.state === "over" && trial.rows.some(isUnmeasured),
    canRemove: made.length > 0 && trial.state !== "running",
  };
}

function isUnmeasured({ tag, unpackedSize, compressedSize }: TrialRow): boolean {
  return tag !== undefined && unpackedSize !== undefined && compressedSize === undefined;
}

function headlineOf({ name, state, rows }: Trial): string {
  if (state === "again") return `${name}: nothing is known any more of what was tried.`;
  if (state === "running") {
    const done = rows.filter((it) => it.state === "tried" || it.state === "not-built").length;
    return `${name}: ${done} of ${rows.length} tried.`;
  }
  const starting = rows.filter((it) => it.start?.works === true && it.unpackedSize !== undefined);
  const [smallest] = starting.toSorted((one, other) => (one.unpackedSize ?? 0) - (other.unpackedSize ?? 0));
  const current = rows.find((it) => it.name === "current");
  if (smallest?.unpackedSize === undefined) return `${name}: none of them starts.`;
  if (smallest === current) return `${name}: the smallest that starts is the one that it has.`;
  const saved =
    current?.unpackedSize === undefined ? undefined : smallest.unpackedSize - current.unpackedSize;
  const percent = saved === undefined ? undefined : formatPercent(saved, current?.unpackedSize ?? 0);
  const against =
    saved === undefined
      ? ""
      : `, ${formatDifference(saved)}${percent === undefined ? "" : ` (${percent})`} on disk`;
  return `${name}: the smallest that starts is ${smallest.name}${against}.`;
}

function rowOf(row: TrialRow, current: number | undefined): Row {
  const { name, base, unpackedSize, compressedSize, lacks, changes, checks } = row;
  const isCurrent = name === "current";
  const change = unpackedSize === undefined || current === undefined ? undefined : unpackedSize - current;
  return {
    name: isCurrent ? "as it is" : name,
    base,
    isCurrent,
    onDisk: figure(unpackedSize),
    transfer: figure(compressedSize),
    difference: isCurrent || change === undefined ? undefined : differenceOf(change, current ?? 0),
    starts: startsOf(row),
    lacks,
    changes,
    checks,
    summary: summaryOf(changes.length, checks.length),
  };
}

function summaryOf(changes: number, checks: number): string | undefined {
  const parts = [
    ...(changes > 0 ? [`${changes} ${changes === 1 ? "change" : "changes"} besides FROM`] : []),
    ...(checks > 0 ? [`${checks} to check`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : undefined;
}

function figure(bytes: number | undefined): Figure | undefined {
  return bytes === undefined
    ? undefined
    : { text: formatBytes(bytes), exact: `${formatExactBytes(bytes)} bytes` };
}

function differenceOf(change: number, whole: number): Row["difference"] {
  const percent = formatPercent(change, whole);
  const text = percent === undefined ? formatDifference(change) : `${formatDifference(change)} (${percent})`;
  return { text, trend: trendOf(change) };
}

function startsOf({ state, step, start, failure }: TrialRow): Starts {
  switch (state) {
    case "waiting":
      return { mood: "none", text: "Waits for its turn", log: [] };
    case "building":
      return { mood: "busy", text: step === undefined ? "Is built" : `Is built: ${step}`, log: [] };
    case "starting":
      return { mood: "busy", text: "Built, and starts", log: [] };
    case "cancelled":
      return { mood: "none", text: "Cancelled", log: [] };
    case "not-built":
      return { mood: "bad", text: `Not built: ${failure?.message ?? ""}`, log: failure?.log ?? [] };
    case "tried":
      return start === undefined
        ? { mood: "none", text: "", log: [] }
        : { mood: start.works ? "good" : "bad", text: textOf(start), log: start.works ? [] : start.log };
  }
}

function textOf({ works, status, readyAfter, message }: TrialStart): string {
  const after = readyAfter === undefined ? "" : ` after ${formatDuration(readyAfter)}`;
  if (!works) return message;
  if (status === "healthy") return `Healthy${after}`;
  if (status === "answers") return `Answers at its port${after}`;
  return status === "ended" ? "Did its work and ended" : "Runs steadily";
}
