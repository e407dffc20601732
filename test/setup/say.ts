/** How the scripts write numbers. */

/** Milliseconds as `3.4 s`, `48 s` or `12 min 5 s`. */
export function seconds(milliseconds: number): string {
  const whole = Math.round(milliseconds / 1000);
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Bytes as `1,234 kB`, rounded up: what is there is never 0 kB. */
export function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1000).toLocaleString("en")} kB`;
}

/** Says what is being done, does it, and says how long it took. What fails is thrown on. */
export async function telling<T>(what: string, act: () => Promise<T>): Promise<T> {
  process.stdout.write(`${what} … `);
  const start = performance.now();
  try {
    const result = await act();
    console.log(`${seconds(performance.now() - start)}.`);
    return result;
  } catch (error) {
    console.log("failed.");
    throw error;
  }
}
