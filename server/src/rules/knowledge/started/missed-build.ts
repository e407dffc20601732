import { baseName, below, isWithin } from "../../../model/stage/paths.ts";
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

/**
 * What of that which builds certainly make is meant by a path: the file of its name, in as few folders of its own as can be; else the
 * only file that a build makes. Undefined where several may be.
 */
export function meantFile(path: string, builds: readonly ProjectBuild[]): string | undefined {
  const files = [...new Set(builds.flatMap((it) => it.files ?? []))].filter((it) => !/\.json$/.test(it));
  const stem = stemOf(path);
  const named = files.filter((it) => stemOf(it) === stem || stemOf(it).endsWith(`/${baseName(stem)}`));
  const depths = named.map((it) => it.split("/").length);
  const least = Math.min(...depths);
  const nearest = named.filter((it) => it.split("/").length === least);
  if (named.length > 0) return nearest.length === 1 ? nearest[0] : undefined;
  return files.length === 1 ? files[0] : undefined;
}

function stemOf(path: string): string {
  return path.replace(/\.[cm]?js$/, "");
}

/** As `missedBuild` found it: what the build writes, for a message that stands beside where it runs. */
export function writtenBy({ program, outputs }: ProjectBuild, meant: string | undefined): string {
  return `${program} writes ${meant ?? `to ${outputs.join(" and ")}`} here.`;
}

/** Directories and files that are made by tools, as they are called in most projects. */
const OUTPUT =
  /(?:^|\/)(dist|build|out|output|public|target|publish|zig-out|_build|\.build|dist-newstyle|storybook-static|bin\/(Release|Debug)|\.next|\.output|\.nuxt|_site)(\/|$)|\.(jar|war)$/;
