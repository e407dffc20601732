import type { Stage } from "../../../model/stage/stage.ts";
import type { StageState } from "../../../model/stage/state.ts";

/**
 * May this be a Windows image, where there is no root, no ids of users and no POSIX shell? The backtick as escape character is set
 * for its paths alone.
 */
export function isWindows({ os }: StageState, { model }: Stage): boolean {
  return model.file.escape !== "\\" || (os.known && os.value.family === "other");
}

/** Is this certainly a Windows image? */
export function isWindowsImage({ os }: StageState): boolean {
  return os.known && os.value.family === "other" && os.value.version === "windows";
}
