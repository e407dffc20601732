import type { Answer } from "../known.ts";
import { no, unknown, yes } from "../known.ts";
import type { Service } from "./project.ts";

/** Does the service have a health check: its own, or that of the stage or image that it runs? */
export function hasHealthcheck({
  healthcheck,
  imageBuild: build,
  image,
  imageFacts,
  complete,
}: Service): Answer {
  if (healthcheck?.certain === false) return unknown();
  if (healthcheck?.disabled)
    return no({ message: "The health check is switched off here.", span: healthcheck.span });
  if (healthcheck?.test) return yes({ message: "The health check is here.", span: healthcheck.span });
  if (!complete) return unknown();
  if (build) return ofStage(build.stage?.result.healthcheck);
  if (imageFacts?.hasHealthcheck === undefined) return unknown();
  const name = image?.value.text ?? imageFacts.name;
  return imageFacts.hasHealthcheck ? yes({ message: `The image ${name} has a health check.` }) : no();
}

function ofStage(
  setting: NonNullable<NonNullable<Service["build"]>["stage"]>["result"]["healthcheck"] | undefined,
): Answer {
  if (!setting?.known) return unknown();
  return setting.value?.command
    ? yes({ message: "The Dockerfile it is built from has a health check." })
    : no();
}
