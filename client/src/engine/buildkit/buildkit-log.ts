import { type BuildLog, imageIdOf, logTails } from "../build/build-log.ts";
import type { BuildEvent, BuildStep } from "../build/build-types.ts";
import type { BuildRecord } from "../records.ts";
import { ended, type KnownSteps, planned, started } from "./buildkit-steps.ts";
import {
  decodeTrace,
  type Trace,
  type VertexLog,
  type VertexStatus,
  type VertexWarning,
} from "./buildkit-trace.ts";

/** Reads the progress of BuildKit. A vertex is told several times, as it is found, starts, completes and is looked at again. */
export function buildKitLog(): BuildLog {
  const steps: KnownSteps = new Map();
  const warned = new Set<string>();
  const tails = logTails();
  let imageId: string | undefined;
  let failing: BuildStep | undefined;

  return {
    read(record) {
      if (record.id === "moby.image.id") imageId = imageIdOf(record) ?? imageId;
      const trace = traceOf(record);
      if (trace === undefined) return [];
      const { warnings, vertexes, statuses, logs } = trace;
      const events = [
        ...warnings.flatMap((it) => warningOf(it, warned)),
        ...vertexes.flatMap((it) => planned(it, steps)),
        // Logs after what started and before what completed: a step's output belongs between the two.
        ...vertexes.flatMap((it) => started(it, steps)),
        ...statuses.flatMap((it) => transferOf(it, steps)),
        ...logs.flatMap((it) => outputOf(it, steps, tails)),
        ...vertexes.flatMap((it) => ended(it, steps)),
      ];
      failing ??= failedOf(events);
      return events;
    },
    end: () => [],
    get imageId() {
      return imageId;
    },
    get failing() {
      return failing;
    },
    tail: (step) => tails.of(step.id),
  };
}

/** The engine's records hold it encoded, those made of buildx's output as it is. */
function traceOf({ id, aux }: BuildRecord): Trace | undefined {
  if (id !== "moby.buildkit.trace") return undefined;
  return typeof aux === "string" ? decodeTrace(aux) : (aux as Trace | undefined);
}

/** Steps that ran beside the failing one are cancelled, and say so as an error of theirs. */
function failedOf(events: readonly BuildEvent[]): BuildStep | undefined {
  for (const it of events) if (it.kind === "failed" && !/context canceled/.test(it.error)) return it.step;
  return undefined;
}

function warningOf(
  { message, url, startLine, endLine }: VertexWarning,
  warned: Set<string>,
): readonly BuildEvent[] {
  const key = `${startLine} ${message}`;
  if (warned.has(key)) return [];
  warned.add(key);
  return [{ kind: "warning", message, url: url || undefined, startLine, endLine }];
}

/** `exporting layers` and the like count nothing. It may be told a moment before its step is said to run, or after that. */
function transferOf(
  { vertex, item, current, total }: VertexStatus,
  steps: KnownSteps,
): readonly BuildEvent[] {
  const it = steps.get(vertex);
  if (it === undefined || (current === 0 && total === 0)) return [];
  return [{ kind: "transfer", step: it.step, transfer: { item, current, total: total || undefined } }];
}

function outputOf(
  { vertex, bytes }: VertexLog,
  steps: KnownSteps,
  tails: ReturnType<typeof logTails>,
): readonly BuildEvent[] {
  const it = steps.get(vertex);
  const text = (it?.decoder ?? new TextDecoder()).decode(bytes, { stream: true });
  if (text === "") return [];
  tails.add(vertex, text);
  return [{ kind: "log", step: it?.step, text }];
}
