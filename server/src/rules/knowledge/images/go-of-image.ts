import { imageNameBelow } from "../../../model/stage/base-image.ts";
import { mayRunOtherVersion } from "../../../model/stage/other-toolchain.ts";
import type { CommandCall } from "../../rule.ts";

/** The version of Go that the image's tag names; undefined where another one may be in use. */
export function goOfImage({ stage, command, run }: CommandCall): string | undefined {
  const image = imageNameBelow(stage);
  const found =
    image?.name === "golang" ? /^(1\.\d+(?:\.\d+)?)(?=-|$)/.exec(image.tag ?? "")?.[1] : undefined;
  return found === undefined || mayRunOtherVersion("golang", run, stage, command) ? undefined : found;
}
