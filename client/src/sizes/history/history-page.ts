import type { HistoryMove, SizeHistory } from "../../shared/history-messages.ts";
import type { ChainInstruction, StageInfo } from "../../shared/server-messages.ts";
import { rootOf, stageKey } from "./built-stage.ts";
import type { StageRecords } from "./packed-records.ts";
import { type SizeMove, sizeSteps } from "./size-history.ts";
import type { KeyOf } from "./sized-stage.ts";

export interface HistorySource {
  /** Of the Dockerfile, for the reader. */
  readonly name: string;
  readonly records: StageRecords;
  /** See `stageKey`; the one that was built last when undefined. */
  readonly stage: string | undefined;
  /** As the Dockerfile stands now. */
  readonly stages: readonly StageInfo[];
  /** First lines of messages, by commit. */
  readonly subjects: ReadonlyMap<string, string>;
}

/** Characters of an instruction's text that are shown. */
const longest = 200;

/** The history of a stage as the page draws it: instructions that still stand in the Dockerfile with their text and line. */
export function sizeHistory(
  { name, records, stage, stages, subjects }: HistorySource,
  keyOf: KeyOf,
): SizeHistory {
  const names = [...records.keys()].toReversed();
  const chosen = stageShown(records, stage);
  return {
    name,
    stages: names,
    stage: chosen,
    points: sizeSteps(records.get(chosen) ?? []).map(({ record, change, moves }) => ({
      imageId: record.imageId,
      tag: record.tag,
      time: record.time,
      total: record.total,
      transfer: record.transfer ?? null,
      commit: record.commit?.id.slice(0, 7) ?? null,
      subject: (record.commit && subjects.get(record.commit.id)) ?? null,
      isDirty: record.commit?.isDirty ?? false,
      change: change ?? null,
      moves: moves.map((move): HistoryMove => {
        const place = placeOfMove(move, chosen, stages, keyOf);
        const { how, bytes, before } = move;
        return {
          ...{ how, bytes, before: before ?? null },
          text: place?.text === undefined ? move.name : shortened(place.text),
          line: place === undefined ? null : place.line + 1,
        };
      }),
    })),
  };
}

/** The stage that is meant; the one that was built last when none is. */
export function stageShown(records: StageRecords, stage: string | undefined): string {
  return stage ?? [...records.keys()].at(-1) ?? "";
}

/**
 * Where what moved a size stands in the Dockerfile as it is now, lines from 0, with its text where it is an instruction. Undefined
 * when it stands there no more.
 */
export function placeOfMove(
  { how, key }: Pick<SizeMove, "how" | "key">,
  stage: string,
  stages: readonly StageInfo[],
  keyOf: KeyOf,
): { readonly line: number; readonly text?: string } | undefined {
  const meant = stages.find((it) => stageKey(it) === stage);
  if (meant === undefined) return undefined;
  if (how === "base") return { line: rootOf(meant, stages).line };
  return key === undefined ? undefined : meant.chain.find((it: ChainInstruction) => keyOf(it.text) === key);
}

function shortened(text: string): string {
  const flat = text
    .replace(/[\\`][ \t]*\r?\n/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat;
}
