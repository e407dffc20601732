/** Median milliseconds of each contender. */
export type Medians<Name extends string> = Readonly<Record<Name, number>>;

/**
 * Runs the contenders in turns, so that what the machine does besides hits all alike, and gives the median of each.
 * Waits for a contender that gives a promise. Takes about `milliseconds` in all, three rounds at least, one before to warm up.
 */
export async function interleaved<Name extends string>(
  contenders: Readonly<Record<Name, () => unknown>>,
  milliseconds: number,
): Promise<Medians<Name>> {
  const names = Object.keys(contenders) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (const name of names) await measure(contenders[name]);
  const deadline = performance.now() + milliseconds;
  for (let round = 0; round < 3 || performance.now() < deadline; round++) {
    for (const name of names) times.get(name)?.push(await measure(contenders[name]));
  }
  const medians = names.map((name) => [name, median(times.get(name) ?? [])] as const);
  return Object.fromEntries(medians) as Record<Name, number>;
}

async function measure(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}
