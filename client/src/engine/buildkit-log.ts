import { type BuildLog, imageIdOf, logTails } from "./build-log.ts";
import { readStepName } from "./build-steps.ts";
import type { BuildEvent, BuildStep } from "./build-types.ts";
import {
  decodeTrace,
  type Trace,
  type Vertex,
  type VertexLog,
  type VertexWarning,
} from "./buildkit-trace.ts";
import type { BuildRecord } from "./records.ts";

interface Known {
  readonly step: BuildStep;
  /** Keeps the bytes of a character that a piece of output cuts. */
  readonly decoder: TextDecoder;
  state: "waiting" | "started" | "done";
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
        // Logs after what started and before what completed: a step's output belongs between the two.
        ...trace.vertexes.flatMap((it) => started(it)),
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
    };
    steps.set(vertex.digest, made);
    return made;
  }

  function started(vertex: Vertex): readonly BuildEvent[] {
    const it = known(vertex);
    if (vertex.started === undefined || it.state !== "waiting") return [];
    it.state = "started";
    return [{ kind: "started", step: it.step }];
  }

  function ended(vertex: Vertex): readonly BuildEvent[] {
    const it = known(vertex);
    if (vertex.completed === undefined || it.state !== "started") return [];
    it.state = "done";
    if (vertex.error !== "") {
      // Steps that ran beside the failing one are cancelled, and say so as an error of theirs.
      if (!/context canceled/.test(vertex.error)) failing ??= it.step;
      return [{ kind: "failed", step: it.step, error: vertex.error }];
    }
    const milliseconds = Math.max(0, vertex.completed - (vertex.started ?? vertex.completed));
    return [{ kind: "completed", step: it.step, cached: vertex.cached, milliseconds }];
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
