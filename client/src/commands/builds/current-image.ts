import { commands } from "vscode";
import type { Engine } from "../../engine/engine.ts";
import type { Services } from "../command.ts";
import type { BuildResult } from "./carry-out-build.ts";

/** The last image of a stage of a Dockerfile. */
export interface CurrentImage {
  readonly tag: string;
  readonly imageId: string;
}

/**
 * The image that a stage was last built to, where the engine still has it; else it is built, with the sheet. Undefined when the user
 * leaves, or the build fails, which has told of itself. `dockerfile` is an absolute path.
 */
export async function currentImage(
  { memory }: Services,
  engine: Engine,
  dockerfile: string,
  target: string | undefined,
): Promise<CurrentImage | undefined> {
  const built = memory.built().find((it) => it.dockerfile === dockerfile && it.target === target);
  const images = built === undefined ? [] : await engine.images();
  if (built !== undefined && images.some((it) => it.id === built.imageId)) return built;
  const result = await commands.executeCommand<BuildResult>("plimsoll.buildImage", {
    dockerfile,
    ...(target !== undefined && { target }),
  });
  return result.outcome === "built" ? result : undefined;
}
