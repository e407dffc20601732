import { joinPath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { StageState } from "../../../model/stage/state.ts";
import type { Command } from "../../../syntax/shell/script.ts";

/**
 * Where a script stands that a container starts by its bare name, although PATH does not lead there: it was copied to the working
 * directory, and nothing in the file put one of this name on PATH. Programs without an ending are left alone, as the base image may
 * have one of that name, and so are images of which nothing is known.
 */
export function besidePath({ name }: Command, state: StageState, { base }: Stage): string | undefined {
  const written = name?.literal;
  if (written === undefined || !SCRIPT.test(written) || base.kind !== "image") return undefined;
  const { workdir, os } = state;
  const path = state.variable("PATH");
  // Images of vendors start what is theirs, and Windows looks in the working directory too.
  if (!workdir.known || !path.known || !os.known || os.value.family === "other") return undefined;
  if (base.image.name.includes("/")) return undefined;
  if (path.value.split(":").some((it) => it === "" || it === "." || it === workdir.value)) return undefined;
  if (state.isToolBrought(written).is !== "no" || state.hasTool(written).is === "yes") return undefined;
  const place = joinPath(workdir.value, written);
  const file = state.fileAt(place);
  return file && file.kind !== "directory" && file.writtenBy.name === "COPY" ? place : undefined;
}

/** `main.sh`, `start.py`: no path, and an ending that programs of a system do not have. */
const SCRIPT = /^(?!docker-)[\w.-]+\.(?:sh|py|rb|pl|js)$/;
