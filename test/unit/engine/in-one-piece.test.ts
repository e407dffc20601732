import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inOnePiece } from "../../../client/src/engine/in-one-piece.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const left = "It is taken back later.";

test("what ends is what it ends with, cancelled or not", async () => {
  const control = new AbortController();
  expect(await inOnePiece(Promise.resolve(1), undefined, left)).toBe(1);
  expect(await inOnePiece(Promise.resolve(2), control.signal, left)).toBe(2);
  control.abort();
  await expect(inOnePiece(Promise.reject(new Error("its own")), control.signal, left)).rejects.toThrow(
    "its own",
  );
  expect(vi.getTimerCount()).toBe(0);
});

test("what does not end is left after a while, and only once it is cancelled", async () => {
  const control = new AbortController();
  let end: (error: Error) => void = () => {};
  const work = new Promise<never>((_, reject) => {
    end = reject;
  });
  let outcome: unknown;
  const waiting = inOnePiece(work, control.signal, left).catch((error: unknown) => {
    outcome = error;
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(outcome).toBeUndefined();
  control.abort();
  await vi.advanceTimersByTimeAsync(5_000);
  await waiting;
  expect(outcome).toMatchObject({
    failure: { kind: "cancelled", left },
    message: `Cancelled. ${left}`,
  });
  // Nobody waits for it any more, and it is no unhandled error either.
  end(new Error("late"));
  await vi.advanceTimersByTimeAsync(1);
});
