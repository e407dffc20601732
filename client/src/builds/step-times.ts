import { instructionKey } from "../shared/instruction-key.ts";

/** How long an instruction took at the last build in which it was a step, kept by its text. */
export interface StepTime {
  readonly key: string;
  /** Of the last time that it really ran; undefined when it has only been seen from the cache. */
  readonly milliseconds: number | undefined;
  readonly cached: boolean;
}

/** What of an instruction is looked at. `text` as written, lines from 0. */
export interface TimedInstruction {
  readonly text: string;
  readonly line: number;
}

/** An instruction as it stands now, with what the last build knows of it. */
export interface ShownTime {
  readonly line: number;
  readonly milliseconds: number | undefined;
  readonly cached: boolean;
  /** An instruction before it has changed since, so that the next build will run it anew. */
  readonly isStale: boolean;
}

/** One stage at the last build: every instruction of its own, oldest first, steps and others. */
export interface TimedStage {
  readonly instructions: readonly string[];
  readonly times: readonly StepTime[];
}

/** Puts a build's steps on top of what was known of the stage. What was cached keeps the time of when it ran. */
export function timedStage(
  instructions: readonly TimedInstruction[],
  steps: readonly { readonly line: number; readonly milliseconds: number; readonly cached: boolean }[],
  before: TimedStage | undefined,
): TimedStage {
  const times = instructions.flatMap((instruction): StepTime[] => {
    const step = steps.find((it) => it.line === instruction.line);
    const key = instructionKey(instruction.text);
    const last = before?.times.find((it) => it.key === key);
    if (step === undefined) return last === undefined ? [] : [last];
    return [{ key, cached: step.cached, milliseconds: step.cached ? last?.milliseconds : step.milliseconds }];
  });
  return { instructions: instructions.map((it) => instructionKey(it.text)), times };
}

/** What is known of a stage's instructions as they are now. One whose text is another than at the build has nothing. */
export function shownTimes(
  instructions: readonly TimedInstruction[],
  known: TimedStage,
): readonly ShownTime[] {
  const keys = instructions.map((it) => instructionKey(it.text));
  const same = keys.findIndex((key, at) => key !== known.instructions[at]);
  const firstChange = same === -1 ? keys.length : same;
  return instructions.flatMap(({ line }, at): ShownTime[] => {
    const time = known.times.find((it) => it.key === keys[at]);
    if (time === undefined) return [];
    const { milliseconds, cached } = time;
    return [{ line, milliseconds, cached, isStale: at > firstChange }];
  });
}

/** Milliseconds that all steps of a stage took when they last ran; undefined when none of them is known to have run. */
export function timeOfStage({ times }: TimedStage): number | undefined {
  const known = times.flatMap((it) => it.milliseconds ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, it) => sum + it, 0);
}
