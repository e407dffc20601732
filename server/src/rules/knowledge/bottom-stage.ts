import type { Stage } from "../../model/stage/stage.ts";

/** The stage at the bottom of a chain of FROMs, which names no other stage; the stage itself where it stands on none. */
export function bottomOf(stage: Stage): Stage {
  const known = bottoms.get(stage);
  if (known) return known;
  let bottom = stage;
  while (bottom.base.kind === "stage") bottom = bottoms.get(bottom.base.stage) ?? bottom.base.stage;
  bottoms.set(stage, bottom);
  return bottom;
}

/** Kept, since a long chain would be walked down once for each of its stages. */
const bottoms = new WeakMap<Stage, Stage>();
