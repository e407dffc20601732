/** Is a version like `24.04` older than another? Number by number; a missing one counts as 0. */
export function isBefore(version: string, other: string): boolean {
  const [left, right] = [version, other].map((it) => it.split(".").map(Number));
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at++) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
