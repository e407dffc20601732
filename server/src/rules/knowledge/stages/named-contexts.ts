import type { DockerfileModel } from "../../../model/stage/dockerfile-model.ts";

/** Is this an additional build context that a Compose file around is known to give? It goes before an image or a stage of that name. */
export function isNamedContext(name: string, { inputs }: DockerfileModel): boolean {
  return inputs.contexts?.some((it) => it.toLowerCase() === name.toLowerCase()) ?? false;
}
