import { cancelled } from "./failures.ts";

/** An engine that answers has ended in less what was begun; a user who cancels does not wait longer. ms. */
const patience = 2_000;

/**
 * For calls that are not to be aborted half way, since the engine would do them all the same and nobody would know what it made.
 * `work` looks at the signal after each of its calls and takes back what was done. When the engine does not answer at all, the
 * one who cancelled need not wait for it: then this ends with `cancelled`, where `left` says what is taken back later, and `work`
 * does so when the answer comes.
 */
export async function inOnePiece<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  left: string,
): Promise<T> {
  if (signal === undefined) return work;
  // Whoever gave up hears of it no more.
  work.catch(() => {});
  let waiting: NodeJS.Timeout | undefined;
  let onAbort = () => {};
  const givenUp = new Promise<never>((_, reject) => {
    onAbort = () => {
      waiting = setTimeout(() => reject(cancelled(left)), patience);
    };
  });
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, givenUp]);
  } finally {
    clearTimeout(waiting);
    signal.removeEventListener("abort", onAbort);
  }
}
