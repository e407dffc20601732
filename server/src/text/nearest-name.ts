/**
 * The one of `names` that `name` was most likely meant to be: nearest by insertions, deletions, replacements and swaps
 * of neighbours, case left out, at most one for each three characters of the words in which they differ: `shop-api` is no
 * slip of `shop-web`. Undefined when none is near or two are equally near, since a guess between two is no answer. `most`
 * changes at most where names are long and alike.
 */
export function nearestName(
  name: string,
  names: Iterable<string>,
  most = Number.POSITIVE_INFINITY,
): string | undefined {
  let best: string | undefined;
  let least = Math.min(Math.floor(name.length / 3), most) + 1;
  const written = name.toLowerCase();
  for (const candidate of new Set(names)) {
    const other = candidate.toLowerCase();
    const allowed = slipsIn(written, other);
    const distance = editDistance(written, other, Math.min(least, allowed));
    if (distance > allowed) continue;
    if (distance < least) {
      best = candidate;
      least = distance;
    } else if (distance === least) {
      best = undefined;
    }
  }
  return best;
}

/** A short word behind others may have one slip, unless it is but one sign: `main.sj`, and not `redis-1`. */
function slipsIn(a: string, b: string): number {
  const shared = sharedWords(a, b);
  if (Math.max(a.length, b.length) - shared < 2) return 0;
  return Math.min(Math.floor(a.length / 3), Math.max(1, Math.floor((a.length - shared) / 3)));
}

/** How many characters both begin and end with, by whole words and what stands between them. */
function sharedWords(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  for (let at = 0; at < shorter && a[at] === b[at]; at++) if (isBetweenWords(a[at])) start = at + 1;
  let end = 0;
  for (let at = 1; at <= shorter - start && a.at(-at) === b.at(-at); at++)
    if (isBetweenWords(a.at(-at))) end = at;
  return start + end;
}

function isBetweenWords(sign: string | undefined): boolean {
  return sign !== undefined && "-_./:@ ".includes(sign);
}

/** Optimal string alignment distance; `limit + 1` stands for everything above the limit. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      current.push(cost);
      if (cost < least) least = cost;
    }
    // From one row to the next the least never falls.
    if (least > limit) return limit + 1;
    before = above;
    above = current;
  }
  return Math.min(above[b.length] ?? 0, limit + 1);
}
