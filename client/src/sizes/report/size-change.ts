import { repositoryOf } from "../budget.ts";
import type { ImageReport, ReportLine } from "./image-report.ts";

/** How an image differs from what it was, with what moved it. Bytes. */
export interface SizeChange {
  readonly before: Pick<ImageReport, "name" | "onDisk" | "transfer">;
  readonly onDisk: number;
  /** Null where one of the two is not known. */
  readonly transfer: number | null;
  /** What weighs something else than before, the most moved first. The base image is one of them. */
  readonly lines: readonly LineChange[];
}

export interface LineChange {
  readonly instruction: string;
  /** Of the Dockerfile as it is now, from 1. */
  readonly line: number | null;
  /** What it said before, where that is something else. */
  readonly was: string | null;
  /** Null where it was not there. */
  readonly before: number | null;
  readonly after: number | null;
  readonly difference: number;
}

/** How much larger an image may be than before. */
export type GrowthLimit =
  | { readonly kind: "bytes"; readonly bytes: number }
  | { readonly kind: "percent"; readonly percent: number };

/** The report of the same image among earlier ones: by its name, else by its name without a tag, else the only one of both. */
export function sameImage(
  report: ImageReport,
  all: readonly ImageReport[],
  earlier: readonly ImageReport[],
): ImageReport | undefined {
  const byName = earlier.find((it) => it.name === report.name);
  if (byName) return byName;
  const repository = repositoryOf(report.name);
  const byRepository = earlier.filter((it) => repositoryOf(it.name) === repository);
  if (byRepository.length === 1) return byRepository[0];
  return all.length === 1 && earlier.length === 1 ? earlier[0] : undefined;
}

/** What became of an image since `before`, line by line. Bytes; negative where it became smaller. */
export function changeOf(report: ImageReport, before: ImageReport): SizeChange {
  const { name, onDisk, transfer } = before;
  return {
    before: { name, onDisk, transfer },
    onDisk: report.onDisk - onDisk,
    transfer: report.transfer === null || transfer === null ? null : report.transfer - transfer,
    lines: lineChanges(withBase(before), withBase(report)),
  };
}

/** Bytes that an image grew beyond what it may; 0 where it did not. */
export function grownTooMuch({ onDisk, before }: SizeChange, limit: GrowthLimit): number {
  const most = limit.kind === "bytes" ? limit.bytes : Math.floor((before.onDisk * limit.percent) / 100);
  return Math.max(onDisk - most, 0);
}

type Line = Pick<ReportLine, "instruction" | "keyword" | "line" | "bytes">;

/** Another base is another FROM. */
function withBase({ base, lines }: ImageReport): readonly Line[] {
  if (!base) return lines;
  const instruction = `FROM ${base.name ?? "the base image"}`;
  return [{ instruction, keyword: "FROM", line: null, bytes: base.bytes }, ...lines];
}

/**
 * The same text is the same instruction, the second of two the second. What is left is taken for changed where the keyword is the
 * same, in order, and else for new or gone.
 */
function lineChanges(before: readonly Line[], after: readonly Line[]): LineChange[] {
  const left = [...before];
  const take = (isIt: (line: Line) => boolean): Line | undefined => {
    const at = left.findIndex(isIt);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const same = after.map((line) => take((it) => it.instruction === line.instruction));
  const changes = after.map((line, at): LineChange => {
    const was = same[at] ?? take((it) => it.keyword === line.keyword);
    return {
      instruction: line.instruction,
      line: line.line,
      was: was && was.instruction !== line.instruction ? was.instruction : null,
      before: was?.bytes ?? null,
      after: line.bytes,
      difference: line.bytes - (was?.bytes ?? 0),
    };
  });
  const gone = left.map(
    ({ instruction, bytes }): LineChange => ({
      ...{ instruction, line: null, was: null },
      ...{ before: bytes, after: null, difference: -bytes },
    }),
  );
  return [...changes, ...gone]
    .filter((it) => it.difference !== 0)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
}
