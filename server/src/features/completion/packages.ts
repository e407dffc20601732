import { releaseOf } from "../../model/stage/releases.ts";
import type { Candidate } from "./candidate.ts";
import type { Here } from "./state-at.ts";
import type { WrittenArgument } from "./written-argument.ts";

/** More than this nobody reads, and the next letter asks again. */
const MOST = 300;

/**
 * Packages of the stage's Debian behind `apt-get install`, once two letters are typed. Nothing for other distributions, whose names
 * are not known.
 */
export function packageNames({ stage }: Here, argument: WrittenArgument): readonly Candidate[] {
  const { packages } = stage.model.inputs;
  const { text, before } = argument;
  if (!packages || text.length < 2 || !installs(before)) return [];
  const release = releaseOf(stage);
  const names = release?.distribution === "Debian" ? packages.startingWith(release.version, text) : [];
  if (names.length > MOST) return [];
  return names.map((it) => argument.candidate(it, "value", { detail: `Debian ${release?.version}` }));
}

/** Is the command that is being written one of apt that installs? */
function installs(before: readonly string[]): boolean {
  const ended = before.findLastIndex((it) => /^(?:&&|\|\|?|;)$|;$/.test(it));
  const [program, ...words] = before.slice(ended + 1).filter((it) => it !== "sudo" && !/^\w+=/.test(it));
  return (program === "apt-get" || program === "apt") && words.includes("install");
}
