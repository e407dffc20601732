import { buildStepToInstruction } from "../../engine/build/build-steps.ts";
import type { BuildStep } from "../../engine/build/build-types.ts";
import type { LinePlace, StagesResult } from "../../shared/server-messages.ts";

/**
 * Which lines of a Dockerfile a build failed on; 0-based. `message` is the engine's, `step` the one that failed, if it got
 * that far. Undefined when no line can be named with certainty.
 */
export function placeOfFailure(
  step: BuildStep | undefined,
  message: string,
  stages: StagesResult | undefined,
): LinePlace | undefined {
  const ofStep = step === undefined || stages === undefined ? undefined : placeOfStep(step, stages);
  return ofStep ?? placeInMessage(message);
}

/** A base image that cannot be had fails in a step of the builder's own, which names it. */
function placeOfStep(step: BuildStep, { stages }: StagesResult): LinePlace | undefined {
  const image = /^\[internal\] load metadata for (\S+)/.exec(step.name)?.[1];
  if (image === undefined) return buildStepToInstruction(step, stages);
  const from = stages.find((stage) => isSameImage(stage.base, image));
  return from && { line: from.line, endLine: from.line };
}

/** As in `dockerfile parse error on line 3: unknown instruction: FORM`. */
function placeInMessage(message: string): LinePlace | undefined {
  const line = /\bline (\d+):/i.exec(message)?.[1];
  return line === undefined ? undefined : { line: Number(line) - 1, endLine: Number(line) - 1 };
}

/** BuildKit writes names out in full: `docker.io/library/golang:1.23` for `golang:1.23`. */
function isSameImage(written: string, full: string): boolean {
  const tagged = /[:@][^/]*$/.test(written) ? written : `${written}:latest`;
  return [tagged, `docker.io/${tagged}`, `docker.io/library/${tagged}`].includes(
    full.split("@sha256:")[0] ?? full,
  );
}
