import os from "node:os";

/** Something that was started and has to be stopped again. Awaited at most once. */
export type Stop = () => void | Promise<void>;

const running = new Set<Stop>();
let ending = false;

/**
 * Has `stop` run when the command ends, whether it is done, has failed or is interrupted; last started, first stopped.
 * The answer is the way to stop it earlier.
 */
export function atEnd(stop: Stop): () => Promise<void> {
  const once = async () => {
    if (running.delete(once)) await stop();
  };
  running.add(once);
  return once;
}

/**
 * Runs a command: what it throws is printed as one message and ends it with status 1, a number that it resolves to is
 * the status. Everything of `atEnd` is stopped before the process ends.
 */
export async function command(act: () => Promise<number | undefined>): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // Each signal only once: a second Ctrl+C must not cut the cleaning up short, which takes a second or two.
    process.on(signal, () => void end(128 + (os.constants.signals[signal] ?? 0)));
  }
  try {
    await end((await act()) ?? 0);
  } catch (error) {
    if (!ending) console.error(message(error));
    await end(1);
  }
}

async function end(status: number): Promise<void> {
  if (ending) return;
  ending = true;
  for (const stop of [...running].reverse()) {
    try {
      await stop();
    } catch (error) {
      console.error(message(error));
    }
  }
  process.exit(status);
}

/** An expected failure is an `Expected`; anything else is a mistake in the scripts, and its stack is of use. */
function message(error: unknown): string {
  if (error instanceof Expected) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Something that a machine may lack or a user may get wrong, said in a sentence. */
export class Expected extends Error {}
