import type { ImageFacts } from "../../image/facts.ts";
import { prefixesOf } from "../paths.ts";

/** Symbolic links → the absolute path that they lead to. */
export type Links = ReadonlyMap<string, string>;

export const NO_LINKS: Links = new Map();

/** A path with the links resolved that are on its way, the last part left as it is. */
export function realPath(path: string, linkAt: (path: string) => string | undefined): string {
  let real = path;
  for (let steps = 0; steps < MOST_LINKS; steps++) {
    const link = prefixesOf(real)
      .slice(1, -1)
      .find((it) => linkAt(it) !== undefined);
    const target = link === undefined ? undefined : linkAt(link);
    if (link === undefined || target === undefined) return real;
    real = (target === "/" ? "" : target) + real.slice(link.length);
  }
  return path;
}

/** The same with the last part resolved too: where what is put into the directory of this path comes to be. */
export function realDirectory(path: string, linkAt: (path: string) => string | undefined): string {
  if (path === "/") return path;
  const inside = realPath(`${path}/x`, linkAt);
  return inside.slice(0, -2) || "/";
}

/** So many links behind one another are no longer followed, as in Linux. */
const MOST_LINKS = 40;

/**
 * Links of directories that an image has: those that were read, and those that its distribution has (base-files of Debian, filesystem
 * of Fedora, alpine-baselayout; read 2026-11).
 */
export function linksOf({ links = {}, os, packageManager }: ImageFacts): Links {
  if (!os || packageManager === "none" || packageManager === undefined)
    return Object.keys(links).length === 0 ? NO_LINKS : new Map(Object.entries(links));
  const isMerged = links["/bin"] === "/usr/bin" || (os.family === "debian" && MERGED.test(os.version ?? ""));
  return new Map([...(RUNS.has(os.family) ? RUN : []), ...(isMerged ? USR : []), ...Object.entries(links)]);
}

const RUNS: ReadonlySet<string> = new Set(["debian", "alpine", "rhel"]);
const RUN = [
  ["/var/run", "/run"],
  ["/var/lock", "/run/lock"],
] as const;
const USR = ["/bin", "/sbin", "/lib", "/lib64"].map((it) => [it, `/usr${it}`] as const);
/** Images of Debian are merged since 12, those of Ubuntu since 20.04. */
const MERGED = /^(bookworm|trixie|forky|sid|1[2-9]|2[02468]\.04)/;
