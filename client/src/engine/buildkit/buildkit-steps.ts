import { readStepName } from "../build/build-steps.ts";
import type { BuildEvent, BuildStep } from "../build/build-types.ts";
import type { Vertex } from "./buildkit-trace.ts";

/** A vertex of BuildKit's as it was last told of. */
interface KnownStep {
  readonly step: BuildStep;
  /** Keeps the bytes of a character that a piece of output cuts. */
  readonly decoder: TextDecoder;
  state: "waiting" | "started" | "done" | "again";
  /** When the round that was told of last began; ms since 1970. */
  began: number;
  /** ms of the rounds that are over. */
  spent: number;
}

/** The steps of one build by their digests. */
export type KnownSteps = Map<string, KnownStep>;

/** Told once, when it is first heard of. What starts at once needs no plan. */
export function planned(vertex: Vertex, steps: KnownSteps): readonly BuildEvent[] {
  if (steps.has(vertex.digest)) return [];
  const { step } = known(vertex, steps);
  return vertex.started === undefined ? [{ kind: "planned", step }] : [];
}

/** A step begins, or is looked at again. */
export function started(vertex: Vertex, steps: KnownSteps): readonly BuildEvent[] {
  const it = known(vertex, steps);
  if (vertex.started === undefined) return [];
  if (it.state === "waiting") {
    it.state = "started";
    it.began = vertex.started;
    return [{ kind: "started", step: it.step }];
  }
  if (it.state !== "done" || vertex.started <= it.began) return [];
  it.state = "again";
  it.began = vertex.started;
  return [{ kind: "again", step: it.step, milliseconds: undefined }];
}

/** A round of a step ends, well or not. */
export function ended(vertex: Vertex, steps: KnownSteps): readonly BuildEvent[] {
  const it = known(vertex, steps);
  const isFirst = it.state === "started";
  if (vertex.completed === undefined || !(isFirst || it.state === "again")) return [];
  it.state = "done";
  if (vertex.error !== "") return [{ kind: "failed", step: it.step, error: vertex.error }];
  it.spent += Math.max(0, vertex.completed - it.began);
  const { step, spent: milliseconds } = it;
  return [
    isFirst
      ? { kind: "completed", step, cached: vertex.cached, milliseconds }
      : { kind: "again", step, milliseconds },
  ];
}

function known(vertex: Vertex, steps: KnownSteps): KnownStep {
  const found = steps.get(vertex.digest);
  if (found) return found;
  const made: KnownStep = {
    step: readStepName(vertex.digest, vertex.name),
    decoder: new TextDecoder(),
    state: "waiting",
    began: 0,
    spent: 0,
  };
  steps.set(vertex.digest, made);
  return made;
}
