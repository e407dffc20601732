import { baseName, directoryOf } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import { originOf } from "../../knowledge/files/file-origin.ts";
import type { Fix } from "../../rule.ts";
import { insertAbove } from "./lines.ts";

/**
 * The fix that copies a file above a RUN which needs it, where the file comes from the build context later on; none for a file of which
 * that is not certain.
 *
 * @param path where the file is needed, absolute
 * @param beside names that are copied with it where the context has them beside it
 */
export function copyFirst(
  path: string,
  run: Instruction,
  stage: Stage,
  beside: readonly string[] = [],
): readonly Fix[] {
  const { context } = stage.model.inputs;
  const from = originOf(path, stage)?.contextPath;
  if (from === undefined || !context || !/^[\w./-]+$/.test(from) || baseName(from) !== baseName(path))
    return [];
  const others = beside
    .map((it) => from.slice(0, from.lastIndexOf("/") + 1) + it)
    .filter((it) => context.exists(it) === "file" && context.isIgnored(it).is === "no");
  const { workdir } = stage.before(run);
  const folder = directoryOf(path);
  const target = workdir.known && workdir.value === folder ? "./" : folder === "/" ? "/" : `${folder}/`;
  const line = `COPY ${[from, ...others].join(" ")} ${target}`;
  return [{ kind: "unsafe", title: `Copy ${from} first`, edits: [insertAbove(stage.model.file, run, line)] }];
}
