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

/** White space, continuations and the case of the keyword do not count. Short, and nothing of the text can be read in it. */
function textKey(text: string): string {
  const flat = text
    .replace(/[\\`][ \t]*\r?\n(?:[ \t]*#.*\r?\n)*/g, " ")
    .replace(/[ \t]+/g, " ")
    .trim()
    .replace(/^\S+/, (keyword) => keyword.toUpperCase());
  // FNV-1a, twice with other beginnings: 64 bits are enough for the lines of one file.
  return fnv(flat, 0x811c9dc5) + fnv(flat, 0x01234567);
}

function fnv(text: string, start: number): string {
  let hash = start;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** Puts a build's steps on top of what was known of the stage. What was cached keeps the time of when it ran. */
export function timedStage(
  instructions: readonly TimedInstruction[],
  steps: readonly { readonly line: number; readonly milliseconds: number; readonly cached: boolean }[],
  before: TimedStage | undefined,
): TimedStage {
  const times = instructions.flatMap((instruction): StepTime[] => {
    const step = steps.find((it) => it.line === instruction.line);
    const key = textKey(instruction.text);
    const last = before?.times.find((it) => it.key === key);
    if (step === undefined) return last === undefined ? [] : [last];
    return [{ key, cached: step.cached, milliseconds: step.cached ? last?.milliseconds : step.milliseconds }];
  });
  return { instructions: instructions.map((it) => textKey(it.text)), times };
}

/** What is known of a stage's instructions as they are now. One whose text is another than at the build has nothing. */
export function shownTimes(
  instructions: readonly TimedInstruction[],
  known: TimedStage,
): readonly ShownTime[] {
  const keys = instructions.map((it) => textKey(it.text));
  const same = keys.findIndex((key, at) => key !== known.instructions[at]);
  const firstChange = same === -1 ? keys.length : same;
  return instructions.flatMap(({ line }, at): ShownTime[] => {
    const time = known.times.find((it) => it.key === keys[at]);
    if (time === undefined) return [];
    const { milliseconds, cached } = time;
    return [{ line, milliseconds, cached, isStale: at > firstChange }];
  });
}
