import { imageNameBelow } from "../../../model/stage/base-image.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { StageState } from "../../../model/stage/state.ts";

/** Is a variable of a package manager certainly not set? The images of the managers themselves set none of those that are asked for. */
export function isLeftUnset(variable: string, state: StageState, stage: Stage): boolean {
  const { is } = state.isSet(variable);
  return is === "no" || (is === "unknown" && OWN_IMAGES.test(imageNameBelow(stage)?.name ?? ""));
}

/** Their Dockerfiles, read 2026-11. */
const OWN_IMAGES = /^(composer|ghcr\.io\/astral-sh\/uv)$/;
