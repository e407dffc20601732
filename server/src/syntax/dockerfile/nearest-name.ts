/**
 * The name that was most likely meant, case aside: the nearest one, when it takes few edits for its length and no
 * other is as near. Swapping two neighbours counts as one edit.
 */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const target = written.toLowerCase();
  if (target === "" || target.length > 40) return undefined;
  let nearest: string | undefined;
  let distance = Math.max(1, Math.floor(target.length / 3)) + 1;
  let tied = false;
  for (const name of names) {
    const next = editDistance(target, name.toLowerCase(), distance);
    if (next < distance) {
      nearest = name;
      distance = next;
      tied = false;
    } else if (next === distance && nearest !== undefined) tied = true;
  }
  return tied ? undefined : nearest;
}

/** At most `limit` + 1 when the two are further apart. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
