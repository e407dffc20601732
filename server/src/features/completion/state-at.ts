import type { ImageFacts } from "../../model/image/facts.ts";
import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { StageState } from "../../model/stage/state.ts";

/** The stage that an offset is in, and what it is before the instruction there, which may be half-written or not written yet. */
export interface Here {
  readonly stage: Stage;
  readonly state: StageState;
}

/** Undefined in front of the first FROM. */
export function stateAt({ stages }: DockerfileModel, offset: number): Here | undefined {
  const stage = stages.findLast((it) => it.from.keyword.start < offset);
  if (!stage) return undefined;
  const own = stage.instructions.findLast((it) => it.keyword.start < offset);
  if (!own) return { stage, state: stage.initial };
  return { stage, state: offset <= own.span.end ? stage.before(own) : stage.after(own) };
}

/** What is known of the image that a stage stands on in the end. */
export function factsBelow({ bottom }: Stage): ImageFacts | undefined {
  return bottom.base.kind === "image" && bottom.base.facts.known ? bottom.base.facts.value : undefined;
}
