import type { Service } from "../../../model/compose/project.ts";
import { handsOn } from "../../../model/stage/started/entrypoint-script.ts";
import { valueAt } from "../../../syntax/compose/find.ts";

/** Does the container start the service's `command` as a program? It has no entrypoint, or with one of those that end in `exec "$@"`: those of official images do. */
export function startsWhatItIsGiven({
  entrypoint,
  imageBuild: build,
  imageFacts,
  complete,
  node,
}: Service): boolean {
  if (!complete || entrypoint || valueAt(node, "entrypoint")) return false;
  if (build) {
    const own = build.stage?.result.entrypoint;
    if (own?.known !== true) return false;
    if (own.value === undefined) return true;
    const { form, instruction, words } = own.value;
    const texts = words.map((it) => it.raw);
    return instruction ? form === "exec" && INIT.test(texts.join(" ")) : handsOn(texts);
  }
  const words = imageFacts?.entrypoint;
  if (words === undefined) return false;
  return words === null || words.length === 0 || handsOn(words);
}

/** It starts what stands behind its options. */
const INIT = /^(?:\/\S+\/)?(?:tini|dumb-init|catatonit)(?: -[\w-]+)*$/;
