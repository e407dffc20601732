import type Docker from "dockerode";
import { throwIfAborted, toEngineError } from "./failures.ts";

/** dockerode at one engine. */
export interface Connection {
  readonly docker: Docker;
  readonly address: string;
}

/**
 * One question to the engine. Ends at once when `signal` is aborted, also for calls that dockerode cannot abort; throws
 * nothing but EngineError. `doing` completes the sentence “… while listing images”.
 */
export async function ask<T>(
  { address }: Connection,
  doing: string,
  signal: AbortSignal | undefined,
  call: () => Promise<T>,
): Promise<T> {
  throwIfAborted(signal);
  try {
    return await untilAborted(call(), signal);
  } catch (error) {
    throw toEngineError(error, address, doing, signal);
  }
}

/** For options of dockerode, whose types do not take an undefined signal. */
export function withSignal(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}

/** A GET that dockerode has no function for, or whose options it drops. `path` without `?`. */
export function get(
  { docker }: Connection,
  path: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        path: `${path}?`,
        method: "GET",
        options: { ...query },
        ...withSignal(signal),
        statusCodes: { 200: true },
      },
      (error: unknown, answer: unknown) => (error ? reject(error) : resolve(answer)),
    );
  });
}

async function untilAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return answer;
  // Not Promise.withResolvers: VS Code 1.91 runs extensions on Node 20.
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
  });
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    // The race listens to both, so an answer that fails after the abort is not unhandled.
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
