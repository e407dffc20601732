import type { Readable } from "node:stream";

/** So many parts wait at most: with 64 kB each a few megabytes. */
const MOST_WAITING = 64;

/**
 * The parts of a stream just as they come. Iterating over the stream itself puts those that wait together, which copies each byte once more and
 * costs as much as all else that is done with an image's layers (Node 24). Throws the stream's errors; ending early destroys the stream.
 */
export async function* partsOf(stream: Readable): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let isOver = false;
  let failure: Error | undefined;
  let wake = () => {};
  const over = (error?: Error) => {
    isOver = true;
    failure ??= error;
    wake();
  };
  stream.on("data", (part: Buffer) => {
    if (waiting.push(part) >= MOST_WAITING) stream.pause();
    wake();
  });
  stream.on("end", () => over());
  stream.on("error", over);
  // An answer that breaks off has neither end nor error everywhere.
  stream.on("close", () => over(stream.readableEnded ? undefined : new Error("aborted")));
  try {
    for (;;) {
      const taken = waiting;
      waiting = [];
      yield* taken;
      if (waiting.length > 0) continue;
      if (failure) throw failure;
      if (isOver) return;
      stream.resume();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    stream.destroy();
  }
}
