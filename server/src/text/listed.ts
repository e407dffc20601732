/** Names in a sentence: `a, b and c`; of more than `most` the first so many, `a, b, c and 4 more`. */
export function listed(names: readonly string[], most = Number.POSITIVE_INFINITY): string {
  const more = names.length - most;
  const [ahead, last] =
    more > 0 ? [names.slice(0, most), `${more} more`] : [names.slice(0, -1), names.at(-1)];
  return ahead.length === 0 ? (last ?? "") : `${ahead.join(", ")} and ${last}`;
}
