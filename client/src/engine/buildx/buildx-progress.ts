import type { Trace } from "../buildkit/buildkit-trace.ts";
import type { BuildRecord } from "../records.ts";

/**
 * What `docker buildx build --progress=rawjson` prints a line of: client.SolveStatus of moby/buildkit as JSON (buildx 0.29, seen
 * 2026-11). Bytes are base64, times RFC 3339.
 */
interface SolveStatus {
  readonly vertexes?: readonly {
    readonly digest: string;
    readonly name?: string;
    readonly cached?: boolean;
    readonly started?: string | null;
    readonly completed?: string | null;
    readonly error?: string;
  }[];
  readonly statuses?: readonly {
    readonly id?: string;
    readonly vertex: string;
    readonly current?: number;
    readonly total?: number;
  }[];
  readonly logs?: readonly { readonly vertex: string; readonly data?: string }[];
  readonly warnings?: readonly {
    readonly short?: string;
    readonly url?: string;
    readonly range?: readonly RawRange[];
  }[];
}

interface RawRange {
  readonly start?: { readonly line?: number };
  readonly end?: { readonly line?: number };
}

/** A line of the progress as the record in which the engine tells the same; undefined for what is a message to a person. */
export function readProgressLine(line: string): BuildRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  return { id: "moby.buildkit.trace", aux: traceOf(value) };
}

function traceOf({ vertexes = [], statuses = [], logs = [], warnings = [] }: SolveStatus): Trace {
  return {
    vertexes: vertexes.map(({ digest, name = "", cached = false, started, completed, error = "" }) => ({
      digest,
      name,
      cached,
      started: milliseconds(started),
      completed: milliseconds(completed),
      error,
    })),
    statuses: statuses.map(({ id = "", vertex, current = 0, total = 0 }) => ({
      vertex,
      item: id,
      current,
      total,
    })),
    logs: logs.map(({ vertex, data = "" }) => ({ vertex, bytes: Buffer.from(data, "base64") })),
    warnings: warnings.map(({ short = "", url = "", range = [] }) => ({
      message: Buffer.from(short, "base64").toString(),
      url,
      startLine: range[0]?.start?.line,
      endLine: range[0]?.end?.line,
    })),
  };
}

function milliseconds(time: string | null | undefined): number | undefined {
  return time ? Date.parse(time) : undefined;
}
