/** Sorts tags by the version that they start with, the newest first; those without one stay where they are. */
export function newerFirst(one: string, other: string): number {
  const [first, second] = [versionAtStart(one), versionAtStart(other)];
  if (!first || !second) return 0;
  for (let at = 0; at < Math.max(first.length, second.length); at++) {
    const difference = (second[at] ?? -1) - (first[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Number by number: a collator that knows numbers takes tens of milliseconds when it is first asked. `v1` is above `1`. */
function versionAtStart(tag: string): readonly number[] | undefined {
  const [, letter, version] = /^(v?)(\d+(?:\.\d+)*)/.exec(tag) ?? [];
  return version === undefined ? undefined : [letter === "" ? 0 : 1, ...version.split(".").map(Number)];
}
