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
  return nearestName(words.join("_"), [others.join("_")]) === undefined ? undefined : near;
}
