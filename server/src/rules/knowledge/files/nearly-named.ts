import type { Answer } from "../../../model/known.ts";
import { baseName, directoryOf, joinPath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { StageState } from "../../../model/stage/state.ts";
import { nearestName } from "../../../text/nearest-name.ts";

/**
 * The name that was plainly meant by the last part of a path: nothing is there as the build context is now, and a file of nearly that
 * name is in the same directory of the image. Without such a one the file may still come before the build. `there` is what the state
 * says of the path.
 */
export function nearlyNamed(
  path: string,
  there: Answer,
  state: StageState,
  { model }: Stage,
): string | undefined {
  const { context } = model.inputs;
  if (there.asContextIs !== "no" || !context) return undefined;
  const directory = directoryOf(path);
  const parts = directory.split("/").filter((it) => it !== "");
  // Which folder of the context is copied to that directory is not asked: what is listed has to be in the image.
  for (let at = 0; at <= parts.length; at++) {
    const near = nearestName(baseName(path), context.list(parts.slice(at).join("/")) ?? []);
    if (near !== undefined && state.hasPath(joinPath(directory, near)).is === "yes") return near;
  }
  return undefined;
}
