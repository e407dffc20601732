import { formatBytes, formatDifference, formatExactBytes, formatPercent } from "../../src/shared/figures.ts";
import type { HistoryMove, HistoryPoint, SizeHistory } from "../../src/shared/history-messages.ts";
import { type Trend, trendOf } from "../trend.ts";

/** Which of the two sizes the chart draws. */
export type Measure = "disk" | "transfer";

export interface Move {
  /** The instruction, the base image, or what else it was. */
  readonly text: string;
  readonly isCode: boolean;
  /** What about it: `edited, was RUN npm ci`. */
  readonly note: string;
  readonly bytes: string;
  readonly exact: string;
  readonly trend: Trend;
  /** From 1; undefined when it stands in the Dockerfile no more. */
  readonly line: number | undefined;
}

export interface Point {
  /** Place in the history. */
  readonly at: number;
  readonly key: string;
  /** 0 is the left edge and the bottom, 1 the right edge and the top; undefined where the size is not known. */
  readonly x: number;
  readonly y: number | undefined;
  readonly time: string;
  readonly tag: string;
  readonly commit: string | undefined;
  /** The first line of its message. */
  readonly subject: string | undefined;
  readonly total: string;
  readonly totalExact: string;
  readonly transfer: string | undefined;
  readonly change: string | undefined;
  readonly changeExact: string | undefined;
  readonly trend: Trend;
  readonly moves: readonly Move[];
  /** For a screen reader: all of the above in one sentence. */
  readonly label: string;
}

export interface Tick {
  /** 0 is the bottom, 1 the top. */
  readonly y: number;
  readonly text: string;
}

export interface Page {
  readonly title: string;
  readonly headline: string;
  readonly stages: readonly { readonly key: string; readonly name: string }[];
  readonly hasTransfer: boolean;
  readonly measure: Measure;
  readonly points: readonly Point[];
  readonly ticks: readonly Tick[];
}

/** Everything the page draws. Pure: the same history, choices and way to write a time give the same page. */
export function pageOf(
  history: SizeHistory,
  wanted: Measure,
  timeText: (milliseconds: number) => string,
): Page {
  const { points, stages, name } = history;
  const hasTransfer = points.some((it) => it.transfer !== null);
  const measure = hasTransfer ? wanted : "disk";
  const values = points.map((it) => (measure === "disk" ? it.total : (it.transfer ?? undefined)));
  const axis = axisFor(values.filter((it) => it !== undefined));
  return {
    title: name,
    headline: headlineOf(points),
    stages: stages.map((key) => ({ key, name: key === "" ? "final stage" : key })),
    ...{ hasTransfer, measure },
    points: points.map((point, at) => {
      const value = values[at];
      return {
        ...pointOf(point, timeText),
        ...{ at, key: `${at} ${point.imageId}` },
        x: points.length === 1 ? 0.5 : at / (points.length - 1),
        y: value === undefined ? undefined : axis.place(value),
      };
    }),
    ticks: axis.ticks,
  };
}

function pointOf(
  point: HistoryPoint,
  timeText: (milliseconds: number) => string,
): Omit<Point, "at" | "key" | "x" | "y"> {
  const time = timeText(point.time);
  const commit = point.commit === null ? undefined : `${point.commit}${point.isDirty ? " with changes" : ""}`;
  const subject = point.subject ?? undefined;
  const total = formatBytes(point.total);
  const change = point.change === null ? undefined : formatDifference(point.change);
  const moves = point.moves.map(moveOf);
  const most = moves[0];
  return {
    ...{ time, commit, subject, total, change, moves, tag: point.tag },
    totalExact: `${formatExactBytes(point.total)} B`,
    transfer: point.transfer === null ? undefined : formatBytes(point.transfer),
    changeExact: point.change === null ? undefined : exactDifference(point.change),
    trend: trendOf(point.change ?? 0),
    label: [
      `${point.tag}, ${time}`,
      ...(commit === undefined ? [] : [`commit ${commit}${subject === undefined ? "" : ` (${subject})`}`]),
      `${total} on disk`,
      ...(change === undefined ? [] : [`${change} since the build before`]),
      ...(most === undefined
        ? []
        : [`moved most by ${most.text} (${[most.bytes, most.note].filter(Boolean).join(", ")})`]),
    ].join(", "),
  };
}

function moveOf({ how, text, before, bytes, line }: HistoryMove): Move {
  const isGone = line === null && how !== "platform" && how !== "rest" && how !== "removed";
  const what = {
    same: "same instruction, other size",
    edited: before === null || before === text ? "edited" : `edited, was ${before}`,
    added: "new",
    removed: "removed",
    base: before === null ? "base image, other content" : `base image, was ${before}`,
    platform: "another platform",
    rest: "",
  }[how];
  return {
    text: how === "base" ? `FROM ${text}` : how === "rest" ? "What no instruction explains" : text,
    isCode: how !== "rest" && how !== "platform",
    note: isGone ? [what, "changed since"].filter(Boolean).join("; ") : what,
    bytes: formatDifference(bytes),
    exact: exactDifference(bytes),
    trend: trendOf(bytes),
    line: line ?? undefined,
  };
}

function exactDifference(bytes: number): string {
  return `${bytes > 0 ? "+" : bytes < 0 ? "−" : "±"}${formatExactBytes(Math.abs(bytes))} B`;
}

function headlineOf(points: readonly HistoryPoint[]): string {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return "No build of this stage yet.";
  const parts = [`${formatBytes(last.total)} on disk`];
  if (last.change !== null) parts.push(`${formatDifference(last.change)} since the build before`);
  if (points.length > 2) {
    const change = last.total - first.total;
    const percent = formatPercent(change, first.total);
    parts.push(
      `${formatDifference(change)}${percent === undefined ? "" : ` (${percent})`} over ${points.length} builds`,
    );
  }
  return `${parts.join(", ")}.`;
}

/** Of the largest value, the least that the axis spans: smaller differences would have ticks of the same text. */
const leastSpan = 0.04;
const mostTicks = 5;

function axisFor(values: readonly number[]): {
  readonly ticks: readonly Tick[];
  place(value: number): number;
} {
  const highest = Math.max(...values, 1);
  const lowest = Math.min(...values, highest);
  // From nothing where that still shows the differences.
  const from = lowest < highest / 2 ? 0 : lowest;
  const span = Math.max(highest - from, highest * leastSpan);
  const step = niceStep(span / (mostTicks - 1));
  const bottom = Math.max(0, Math.floor((from - (from === 0 ? 0 : span * 0.1)) / step) * step);
  const top = Math.ceil((highest + span * 0.05) / step) * step;
  const place = (value: number) => (value - bottom) / (top - bottom);
  const count = Math.round((top - bottom) / step);
  return {
    place,
    ticks: Array.from({ length: count + 1 }, (_, at) => {
      const value = bottom + at * step;
      return { y: place(value), text: formatBytes(value) };
    }),
  };
}

/** 1, 2 or 5 of a power of ten, at least `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
  return ([1, 2, 5].find((it) => it * power >= least) ?? 10) * power;
}
