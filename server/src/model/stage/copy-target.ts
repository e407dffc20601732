import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { resolvePath } from "./paths.ts";
import type { Stage } from "./stage.ts";
import { wordValue } from "./word-value.ts";

/** May a COPY or ADD write to a place like this: where its target is not known it may. */
export function mayCopyTo(place: RegExp, copy: Instruction, stage: Stage): boolean {
  const target = targetFolder(copy, stage);
  if (target === undefined) return true;
  // A file in the root is nowhere else; a folder's content, or an archive's, may be anywhere below.
  const isOfFiles = copy.name === "COPY" && copy.words.slice(0, -1).every((it) => NAMES_FILE.test(it.raw));
  return place.test(target) && !(target === "/" && isOfFiles);
}

/** `go.mod`, `docker/requirements.txt`: no pattern, no variable, and a name as folders have none. */
const NAMES_FILE = /^[^*?[\]$<]*\.(?!d$)\w+$/;

/** Where an instruction copies the content of a folder to; undefined where that is not known. */
export function targetFolder(copy: Instruction, stage: Stage): string | undefined {
  const word = copy.words.at(-1);
  const value = word && wordValue(word, copy, stage);
  const { workdir } = stage.before(copy);
  return value === undefined ? undefined : resolvePath(workdir.known ? workdir.value : undefined, value);
}
