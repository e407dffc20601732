import { readStepName } from "../../../client/src/engine/build/build-steps.ts";
import type { BuildStep } from "../../../client/src/engine/build/build-types.ts";

/** A step by the name that BuildKit gives it, which is its id too. */
export function step(name: string): BuildStep {
  return readStepName(name, name);
}
