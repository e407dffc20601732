import { type ImageReference, notedOnStage } from "../../stage/stage.ts";
import { stagesDownFrom } from "../../stage/stage-graph.ts";
import type { Service } from "../project.ts";

/**
 * The image that a service runs, or the one that its Dockerfile adds files to and starts as it is: one with a start or
 * variables of its own may be anything.
 */
export function imageOf({
  image,
  imageBuild: build,
}: Pick<Service, "image" | "imageBuild">): ImageReference | undefined {
  if (!build) return image?.value;
  return build.stage && baseAsItIs(build.stage);
}

/** Several rules ask for each service. */
const baseAsItIs = notedOnStage((stage): ImageReference | undefined => {
  const { base } = stage.bottom;
  if (base.kind !== "image") return undefined;
  for (const { instructions } of stagesDownFrom(stage))
    if (instructions.some(({ name }) => CHANGES_IT.test(name))) return undefined;
  return base.image;
});

const CHANGES_IT = /^(?:ENTRYPOINT|CMD|USER|VOLUME|ENV)$/;
