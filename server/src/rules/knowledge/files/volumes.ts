import { isWithin } from "../../../model/stage/paths.ts";
import type { StageState } from "../../../model/stage/state.ts";

/** May a path be in a volume of the image? What is there is made when a container starts, by older builders for each RUN too. */
export function mayBeInVolume(path: string, { volumes }: Pick<StageState, "volumes">): boolean {
  return !volumes.known || volumes.value.some((it) => isWithin(path, it));
}
