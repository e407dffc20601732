import { EngineError, type EngineFailure } from "../engine.ts";
import type { BuildEvent, BuildStep } from "./build-types.ts";

/** What stands where a secret stood. */
const mask = "•••";

/** Shorter values would blot out half of a log, and tell nothing that could be kept. Characters. */
const shortest = 4;
const shortestLine = 8;

/** Takes values that must not be seen out of what a build tells. */
export interface Redaction {
  events(events: AsyncIterable<BuildEvent>): AsyncGenerator<BuildEvent>;
  error(error: EngineError): EngineError;
}

/** `values` are hidden as a whole and, when they have several lines, line by line, as a tool may print them. */
export function redaction(values: Iterable<string>): Redaction {
  const hidden = [...new Set([...values].flatMap(parts))].toSorted((a, b) => b.length - a.length);
  if (hidden.length === 0) return { events: unchanged, error: (error) => error };
  const pattern = new RegExp(hidden.map((it) => it.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"), "g");
  const clean = (text: string) => text.replace(pattern, mask);
  return { events: (events) => cleaned(events, clean, hidden), error: (error) => cleanError(error, clean) };
}

function parts(value: string): readonly string[] {
  const whole = value.trim();
  const lines = whole.split(/\r?\n/).map((it) => it.trim());
  // The frame of a PEM file is no secret.
  const long =
    lines.length > 1 ? lines.filter((it) => it.length >= shortestLine && !it.startsWith("-----")) : [];
  return whole.length >= shortest ? [whole, ...long] : [];
}

async function* unchanged(events: AsyncIterable<BuildEvent>): AsyncGenerator<BuildEvent> {
  yield* events;
}

async function* cleaned(
  events: AsyncIterable<BuildEvent>,
  clean: (text: string) => string,
  hidden: readonly string[],
): AsyncGenerator<BuildEvent> {
  // A step stays one and the same object, as its followers know it by that.
  const steps = new Map<BuildStep, BuildStep>();
  const cleanStep = (step: BuildStep): BuildStep => {
    const known = steps.get(step) ?? {
      ...step,
      name: clean(step.name),
      instruction: clean(step.instruction),
    };
    steps.set(step, known);
    return known;
  };
  /** The end of a step's output that may be the beginning of a secret. */
  const held = new Map<BuildStep | undefined, string>();
  function* rest(step: BuildStep | undefined): Generator<BuildEvent> {
    const text = held.get(step);
    held.delete(step);
    if (text) yield { kind: "log", step, text: clean(text) };
  }

  for await (const event of events) {
    switch (event.kind) {
      case "log": {
        const step = event.step && cleanStep(event.step);
        const text = clean((held.get(step) ?? "") + event.text);
        const keep = longestBeginning(text, hidden);
        held.set(step, text.slice(text.length - keep));
        if (keep < text.length) yield { ...event, step, text: text.slice(0, text.length - keep) };
        break;
      }
      case "planned":
      case "started":
      case "again":
      case "transfer":
        yield { ...event, step: cleanStep(event.step) };
        break;
      case "completed":
        yield* rest(cleanStep(event.step));
        yield { ...event, step: cleanStep(event.step) };
        break;
      case "failed":
        yield* rest(cleanStep(event.step));
        yield { ...event, step: cleanStep(event.step), error: clean(event.error) };
        break;
      case "warning":
        yield { ...event, message: clean(event.message) };
        break;
      case "finished":
        for (const step of [...held.keys()]) yield* rest(step);
        yield event;
        break;
      case "context":
        yield event;
        break;
    }
  }
}

/** How many characters at the end of a text could be the beginning of a hidden value. */
function longestBeginning(text: string, hidden: readonly string[]): number {
  let longest = 0;
  for (const value of hidden) {
    for (let length = Math.min(value.length - 1, text.length); length > longest; length--)
      if (text[text.length - length] === value[0] && value.startsWith(text.slice(text.length - length)))
        longest = length;
  }
  return longest;
}

function cleanError(error: EngineError, clean: (text: string) => string): EngineError {
  const { failure } = error;
  return new EngineError(cleanFailure(failure, clean), clean(error.message));
}

function cleanFailure(failure: EngineFailure, clean: (text: string) => string): EngineFailure {
  if (failure.kind === "other" || failure.kind === "conflict")
    return { ...failure, message: clean(failure.message) };
  if (failure.kind !== "build-failed") return failure;
  const { message, step, log } = failure;
  return { ...failure, message: clean(message), step: step && clean(step), log: log.map(clean) };
}
