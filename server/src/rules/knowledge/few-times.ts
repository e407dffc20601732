/**
 * For questions that cost as much as a file is long: answered for the first `most` askers that belong together, e.g. to one model, so
 * that a file which asks on each line is still checked while somebody types.
 */
export function fewTimes(most: number): (owner: object) => boolean {
  const asked = new WeakMap<object, number>();
  return (owner) => {
    const times = (asked.get(owner) ?? 0) + 1;
    asked.set(owner, times);
    return times <= most;
  };
}
