import { joinPath, resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { mountsOf } from "../../../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import { originOf } from "./file-origin.ts";

/** The text of a file in the working directory of a RUN, copied or bound there from the build context; undefined where that is not known. */
export function projectText(name: string, run: Instruction, stage: Stage): string | undefined {
  const { workdir } = stage.before(run);
  if (!workdir.known) return undefined;
  const path = joinPath(workdir.value, name);
  for (const { type, from, source, target } of mountsOf(run)) {
    if (type !== "bind" || from?.value !== undefined) continue;
    if (target?.value !== undefined && resolvePath(workdir.value, target.value) === path)
      return stage.model.inputs.context?.read((source?.value ?? "").replace(/^\.?\//, ""));
  }
  return originOf(path, stage, run)?.text;
}
