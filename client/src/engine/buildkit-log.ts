import { type BuildLog, imageIdOf, logTails } from "./build-log.ts";
import { readStepName } from "./build-steps.ts";
import type { BuildEvent, BuildStep } from "./build-types.ts";
import {
  decodeTrace,
  type Trace,
  type Vertex,
  type VertexLog,
  type VertexStatus,
  type VertexWarning,
} from "./buildkit-trace.ts";
import type { BuildRecord } from "./records.ts";

interface Known {
  readonly step: BuildStep;
  /** Keeps the bytes of a character that a piece of output cuts. */
  readonly decoder: TextDecoder;
  state: "waiting" | "started" | "done" | "again";
  /** When the round that was told of last began; ms since 1970. */
  began: number;
  /** ms of the rounds that are over. */
  spent: number;
}

/** The engine's records hold it encoded, those made of buildx's output as it is. */
function traceOf({ id, aux }: BuildRecord): Trace | undefined {
  if (id !== "moby.buildkit.trace") return undefined;
  return typeof aux === "string" ? decodeTrace(aux) : (aux as Trace | undefined);
}

/** Reads the progress of BuildKit. A vertex is told several times, as it is found, starts, completes and is looked at again. */
export function buildKitLog(): BuildLog {
  const steps = new Map<string, Known>();
  const warned = new Set<string>();
  const tails = logTails();
  let imageId: string | undefined;
  let failing: BuildStep | undefined;

  return {
    read(record) {
      if (record.id === "moby.image.id") imageId = imageIdOf(record) ?? imageId;
      const trace = traceOf(record);
      if (trace === undefined) return [];
      return [
        ...trace.warnings.flatMap(ofWarning),
        ...trace.vertexes.flatMap((it) => planned(it)),
        // Logs after what started and before what completed: a step's output belongs between the two.
        ...trace.vertexes.flatMap((it) => started(it)),
        ...trace.statuses.flatMap(ofStatus),
        ...trace.logs.flatMap(ofLog),
        ...trace.vertexes.flatMap((it) => ended(it)),
      ];
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

  function known(vertex: Vertex): Known {
    const found = steps.get(vertex.digest);
    if (found) return found;
    const made: Known = {
      step: readStepName(vertex.digest, vertex.name),
      decoder: new TextDecoder(),
      state: "waiting",
      began: 0,
      spent: 0,
    };
    steps.set(vertex.digest, made);
    return made;
  }

  /** Told once, when it is first heard of. What starts at once needs no plan. */
  function planned(vertex: Vertex): readonly BuildEvent[] {
    if (steps.has(vertex.digest)) return [];
    const { step } = known(vertex);
    return vertex.started === undefined ? [{ kind: "planned", step }] : [];
  }

  function started(vertex: Vertex): readonly BuildEvent[] {
    const it = known(vertex);
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

  function ended(vertex: Vertex): readonly BuildEvent[] {
    const it = known(vertex);
    const isFirst = it.state === "started";
    if (vertex.completed === undefined || !(isFirst || it.state === "again")) return [];
    it.state = "done";
    if (vertex.error !== "") {
      // Steps that ran beside the failing one are cancelled, and say so as an error of theirs.
      if (!/context canceled/.test(vertex.error)) failing ??= it.step;
      return [{ kind: "failed", step: it.step, error: vertex.error }];
    }
    it.spent += Math.max(0, vertex.completed - it.began);
    const { step, spent: milliseconds } = it;
    return [
      isFirst
        ? { kind: "completed", step, cached: vertex.cached, milliseconds }
        : { kind: "again", step, milliseconds },
    ];
  }

  /** `exporting layers` and the like count nothing. It may be told a moment before its step is said to run, or after that. */
  function ofStatus({ vertex, item, current, total }: VertexStatus): readonly BuildEvent[] {
    const it = steps.get(vertex);
    if (it === undefined || (current === 0 && total === 0)) return [];
    return [{ kind: "transfer", step: it.step, transfer: { item, current, total: total || undefined } }];
  }

  function ofLog({ vertex, bytes }: VertexLog): readonly BuildEvent[] {
    const it = steps.get(vertex);
    const text = (it?.decoder ?? new TextDecoder()).decode(bytes, { stream: true });
    if (text === "") return [];
    tails.add(vertex, text);
    return [{ kind: "log", step: it?.step, text }];
  }

  function ofWarning({ message, url, startLine, endLine }: VertexWarning): readonly BuildEvent[] {
    const key = `${startLine} ${message}`;
    if (warned.has(key)) return [];
    warned.add(key);
    return [{ kind: "warning", message, url: url || undefined, startLine, endLine }];
  }
}
