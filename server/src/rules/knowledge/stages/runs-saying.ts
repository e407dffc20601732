import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import { says } from "../../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";

/**
 * The RUNs of a stage that say `pattern`, for a rule that is asked about each stage after each edit: a stage that an edit left as it
 * was is not read again. The same pattern is the same object in each call.
 */
export function runsSaying(pattern: RegExp, stage: Stage): readonly Instruction[] {
  const { instructions } = stage;
  return placesSaying(pattern, stage).flatMap((at) => instructions[at] ?? []);
}

/** Positions among the instructions. */
function placesSaying(pattern: RegExp, stage: Stage): readonly number[] {
  const known = placesByPattern(stage);
  const before = stage.model.beforeEdit(stage);
  const places =
    known.get(pattern) ?? (before && placesByPattern(before).get(pattern)) ?? lookFor(pattern, stage);
  known.set(pattern, places);
  return places;
}

const placesByPattern = notedOnStage((): Map<RegExp, readonly number[]> => new Map());

function lookFor(pattern: RegExp, { instructions }: Stage): readonly number[] {
  return instructions.flatMap((it, at) => (it.name === "RUN" && says(pattern, it) ? [at] : []));
}
