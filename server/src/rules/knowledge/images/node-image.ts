import { imageNameBelow } from "../../../model/stage/base-image.ts";
import type { Stage } from "../../../model/stage/stage.ts";

/** The major version of Docker's own image of Node at the bottom of a stage; undefined for other images, and where the tag begins with none. */
export function nodeMajorBelow(stage: Stage): number | undefined {
  const image = imageNameBelow(stage);
  const [, major] = (image?.name === "node" && /^(\d+)/.exec(image.tag ?? "")) || [];
  return major === undefined ? undefined : Number(major);
}
