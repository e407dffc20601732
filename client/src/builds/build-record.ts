import type { BuildEvent, BuildStep, StepTransfer } from "../engine/build/build-types.ts";
import { type StepText, stepText } from "./step-text.ts";

/** What is built. Paths are absolute. */
export interface BuildSubject {
  readonly tag: string;
  readonly dockerfile: string;
  /** A stage's name; the final stage when undefined. */
  readonly target: string | undefined;
  readonly context: string;
  /** What the build command is to be given to do it again; nothing secret is in it. */
  readonly repeat: object;
  /** Which command that is; the build command when absent. */
  readonly repeatWith?: string;
}

/** `stopped`: a step beside it failed, or the build was cancelled. */
export type StepState = "waiting" | "running" | "done" | "cached" | "failed" | "stopped";

export interface StepRecord {
  readonly step: BuildStep;
  readonly state: StepState;
  /** How long it took; undefined until it is over. */
  readonly milliseconds: number | undefined;
  /** Fetched or sent so far; undefined when nothing was. `total` is undefined where the engine does not know it. */
  readonly bytes: { readonly current: number; readonly total: number | undefined } | undefined;
  /** What it wrote. */
  text(): string;
}

export type BuildEnd =
  /** `before` is the id of the image that was built from the same stage before; undefined when there is none, or it is the same. */
  | { readonly state: "built"; readonly imageId: string; readonly before: string | undefined }
  | { readonly state: "failed"; readonly message: string }
  | { readonly state: "cancelled" };

export type BuildWarning = Extract<BuildEvent, { kind: "warning" }>;

/** One build, from its first event to its end. */
export interface BuildRecord {
  readonly id: string;
  readonly subject: BuildSubject;
  /** ms since 1970. */
  readonly began: number;
  /** Undefined while it runs. */
  readonly end: BuildEnd | undefined;
  /** Undefined while it runs. */
  readonly milliseconds: number | undefined;
  /** In the order in which they began; those that wait are last. */
  readonly steps: readonly StepRecord[];
  readonly warnings: readonly BuildWarning[];
}

/** A record that is being written. */
export interface OpenRecord extends BuildRecord {
  take(event: BuildEvent): void;
  finish(end: BuildEnd): void;
}

interface Writing {
  readonly step: BuildStep;
  state: StepState;
  milliseconds: number | undefined;
  wasCached: boolean;
  bytes: StepRecord["bytes"];
  readonly transfers: Map<string, StepTransfer>;
  readonly output: StepText;
  text(): string;
}

/** Steps that the engine gave up because another failed say so as an error of theirs. */
const givenUp = /context canceled/;

/** `now` gives ms since 1970. */
export function openRecord(id: string, subject: BuildSubject, now: () => number): OpenRecord {
  const began = now();
  const steps = new Map<string, Writing>();
  const warnings: BuildWarning[] = [];
  let end: BuildEnd | undefined;
  let milliseconds: number | undefined;
  /** When the image was there; what is done with it then is no part of the build. */
  let built: number | undefined;

  const stepOf = (step: BuildStep): Writing => {
    const found = steps.get(step.id);
    if (found) return found;
    const made = writing(step);
    steps.set(step.id, made);
    return made;
  };
  return {
    id,
    subject,
    began,
    warnings,
    get end() {
      return end;
    },
    get milliseconds() {
      return milliseconds;
    },
    get steps() {
      const all = [...steps.values()];
      // BuildKit tells its plan from the end: what needs the others first.
      const waiting = all.filter((it) => it.state === "waiting").reverse();
      return [...all.filter((it) => it.state !== "waiting"), ...waiting];
    },
    take(event) {
      if (event.kind === "warning") warnings.push(event);
      else if (event.kind === "finished") built = now();
      else if (event.kind !== "context" && event.step !== undefined) advance(stepOf(event.step), event);
      // To the end of those that have begun.
      if (event.kind === "started") toEnd(steps, event.step.id);
    },
    finish(how) {
      end = how;
      milliseconds = (built ?? now()) - began;
      for (const it of steps.values()) if (it.state === "running") it.state = "stopped";
      // What never began belongs to no one's account of a build that is over.
      for (const [key, it] of steps) if (it.state === "waiting") steps.delete(key);
    },
  };
}

function writing(step: BuildStep): Writing {
  const output = stepText();
  return {
    step,
    state: "waiting",
    milliseconds: undefined,
    wasCached: false,
    bytes: undefined,
    transfers: new Map(),
    output,
    text: () => output.text(),
  };
}

/** What became of a step. */
function advance(
  it: Writing,
  event: Exclude<BuildEvent, { kind: "warning" | "finished" | "context" }>,
): void {
  switch (event.kind) {
    case "planned":
      break;
    case "started":
      it.state = "running";
      break;
    case "completed":
      it.wasCached = event.cached;
      it.state = event.cached ? "cached" : "done";
      it.milliseconds = event.milliseconds;
      break;
    case "again":
      it.state = event.milliseconds === undefined ? "running" : it.wasCached ? "cached" : "done";
      it.milliseconds = event.milliseconds;
      break;
    case "failed":
      it.state = givenUp.test(event.error) ? "stopped" : "failed";
      break;
    case "transfer":
      transferred(it, event.transfer);
      break;
    case "log":
      it.output.add(event.text);
      break;
  }
}

function toEnd<Value>(all: Map<string, Value>, key: string): void {
  const value = all.get(key);
  if (value === undefined) return;
  all.delete(key);
  all.set(key, value);
}

/** What is unpacked has been fetched before, and is not counted twice. */
function transferred(it: Writing, transfer: StepTransfer): void {
  if (/^(?:extracting|unpacking|done)\b/.test(transfer.item)) return;
  it.transfers.set(transfer.item, transfer);
  const all = [...it.transfers.values()];
  const current = all.reduce((sum, one) => sum + one.current, 0);
  const total = all.every((one) => one.total !== undefined)
    ? all.reduce((sum, one) => sum + (one.total ?? 0), 0)
    : undefined;
  it.bytes = { current, total };
}

/** The step that one would name when asked what the build does: the last that began of those that run, an instruction before others. */
export function currentStep({ steps }: Pick<BuildRecord, "steps">): StepRecord | undefined {
  const running = steps.filter((it) => it.state === "running");
  return running.findLast((it) => it.step.position !== undefined) ?? running.at(-1);
}

/** Of the Dockerfile's own steps, internal ones not counted: how many there are, are over, and came from the cache. */
export function countSteps({ steps }: Pick<BuildRecord, "steps">): {
  readonly all: number;
  readonly over: number;
  readonly cached: number;
} {
  const own = steps.filter((it) => it.step.position !== undefined);
  return {
    all: own.length,
    over: own.filter((it) => it.state === "done" || it.state === "cached").length,
    cached: own.filter((it) => it.state === "cached").length,
  };
}

/** ms from which on an internal step tells something. */
const longForInternal = 1000;

/**
 * The steps that one wants to see: those of the Dockerfile, the build context, and of the builder's own those that run, went
 * wrong or took long.
 */
export function stepsToShow({ steps }: Pick<BuildRecord, "steps">): readonly StepRecord[] {
  return steps.filter(
    ({ step, state, milliseconds = 0 }) =>
      step.position !== undefined ||
      state === "running" ||
      state === "failed" ||
      milliseconds >= longForInternal ||
      /^\[internal\] load (?:remote )?build context$/.test(step.name),
  );
}
