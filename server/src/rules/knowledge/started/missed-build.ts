import { below, isWithin } from "../../../model/stage/paths.ts";
import type { ProjectBuild } from "../../../model/stage/state.ts";

/**
 * The build whose output a path must be, by its name, although it certainly writes to other directories; in the right one anything may
 * be made, but for what the model says of it. What is not in the build context now is then plainly not what is meant. `text` is the
 * path as it is written, with its pattern.
 */
export function missedBuild(
  path: string,
  builds: readonly ProjectBuild[],
  text = path,
): ProjectBuild | undefined {
  const isMeant = ({ directory, outputs }: ProjectBuild) =>
    path !== directory &&
    OUTPUT.test(isWithin(path, directory) ? below(path, directory) : text) &&
    !outputs.some((it) => isWithin(it, path));
  return builds.findLast((it) => isWithin(path, it.directory) && isMeant(it)) ?? builds.findLast(isMeant);
}

/** Directories and files that are made by tools, as they are called in most projects. */
const OUTPUT =
  /(?:^|\/)(dist|build|out|output|public|target|publish|bin\/(Release|Debug)|\.next|\.output|\.nuxt|_site)(\/|$)|\.(jar|war)$/;
