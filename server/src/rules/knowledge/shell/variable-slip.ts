import { nearestName } from "../../../text/nearest-name.ts";

/** More letters than these are another word. */
const MOST_CHANGES = 2;

/**
 * The variable that a name is a slip of. Names of variables share words, as NODE_VERSION and GO_VERSION do, so what
 * differs has to be near by itself, and one number is no slip of another.
 */
export function meantVariable(name: string, names: Iterable<string>): string | undefined {
  const near = name.length > 3 ? nearestName(name, names, MOST_CHANGES) : undefined;
  if (near === undefined || name.replace(/\d/g, "") === near.replace(/\d/g, "")) return undefined;
  const words = name.split("_");
  const others = near.split("_");
  while (words.length > 0 && words.at(-1) === others.at(-1)) {
    words.pop();
    others.pop();
  }
  while (words.length > 0 && words[0] === others[0]) {
    words.shift();
    others.shift();
  }
  const [one, other] = [words.join("_"), others.join("_")];
  return areBothMeant(one, other) || nearestName(one, [other]) === undefined ? undefined : near;
}

/** Do both end with a word that is near the other's and has a meaning of its own? */
function areBothMeant(one: string, other: string): boolean {
  const own = OWN_WORDS.find((it) => one.toLowerCase().endsWith(it));
  if (own === undefined) return false;
  const rest = one.slice(0, -own.length);
  return other.startsWith(rest) && OWN_WORDS.includes(other.slice(rest.length).toLowerCase());
}

/** Ids of users, groups and processes, flags for compilers (GNU make, "Variables Used by Implicit Rules"), and protocols. The longest first. */
const OWN_WORDS: readonly string[] = [
  ...["puid", "pgid", "euid", "egid", "uid", "gid", "pid"],
  ...["cxxflags", "cppflags", "ldflags", "asflags", "fcflags", "cflags", "fflags"],
  ...["https", "http"],
];
