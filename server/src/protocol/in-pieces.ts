import { setImmediate } from "node:timers/promises";
import type { Steps } from "../text/steps.ts";

/** ms of work before others have their turn. */
const piece = 10;

/** Does work in pieces, between which other requests are answered: what takes long must not keep somebody waiting who types. */
export async function inPieces<T>(steps: Steps<T>): Promise<T> {
  for (let began = performance.now(); ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - began < piece) continue;
    await setImmediate();
    began = performance.now();
  }
}
