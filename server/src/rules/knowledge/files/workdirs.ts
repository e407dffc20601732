import type { Stage } from "../../../model/stage/stage.ts";

/** Does a stage of the file that this one is built on have a WORKDIR, be it one behind ONBUILD? */
export function inheritsWorkdir({ base }: Stage): boolean {
  // A stage is built from earlier ones only, so this comes to an end.
  for (let below = base; below.kind === "stage"; below = below.stage.base)
    if (below.stage.instructions.some((it) => (it.inner ?? it).name === "WORKDIR")) return true;
  return false;
}
