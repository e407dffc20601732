import type { ImageDetails } from "../../engine/engine.ts";
import type { StageInfo } from "../../shared/server-messages.ts";
import { instructionName, type RecordedCommit, type SizeRecord } from "./size-history.ts";
import type { KeyOf, StageSizes } from "./sized-stage.ts";

/** A stage as the history of sizes knows it: its name, nothing for the final one, whose name does not matter. */
export function stageKey({ isFinal, name, index }: Pick<StageInfo, "isFinal" | "name" | "index">): string {
  return isFinal ? "" : (name ?? `#${index}`);
}

/** The stage whose FROM brought the base image: the first of those that a stage is built on, or it itself. */
export function rootOf<Stage extends Pick<StageInfo, "index">>(
  stage: Stage & Pick<StageInfo, "chain">,
  stages: readonly Stage[],
): Stage {
  const first = Math.min(stage.index, ...stage.chain.map((it) => it.stage));
  return stages.find((it) => it.index === first) ?? stage;
}

export interface BuiltStage {
  readonly image: Pick<ImageDetails, "id" | "platform" | "compressedSize">;
  readonly tag: string;
  /** ms since 1970. */
  readonly time: number;
  readonly stage: StageInfo;
  readonly stages: readonly StageInfo[];
  readonly costs: StageSizes;
  readonly commit: RecordedCommit | undefined;
}

/** What of a build is kept for the history of sizes. */
export function sizeRecord(
  { image, tag, time, stage, stages, costs, commit }: BuiltStage,
  keyOf: KeyOf,
): SizeRecord {
  return {
    time,
    imageId: image.id,
    tag,
    platform: image.platform,
    total: costs.total,
    transfer: image.compressedSize,
    commit,
    base: costs.base === undefined ? undefined : { name: rootOf(stage, stages).base, bytes: costs.base },
    instructions: costs.lines.map(({ line, bytes }) => ({
      key: keyOf(line.text),
      name: instructionName(line.text),
      bytes,
    })),
  };
}
