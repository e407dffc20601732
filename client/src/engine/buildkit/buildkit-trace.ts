import protobuf from "protobufjs/light.js";
import { notUnderstood } from "../failures.ts";

/** The parts of BuildKit's progress that Plimsoll shows. Times are ms since 1970. */
export interface Trace {
  readonly vertexes: readonly Vertex[];
  readonly statuses: readonly VertexStatus[];
  readonly logs: readonly VertexLog[];
  readonly warnings: readonly VertexWarning[];
}

export interface Vertex {
  readonly digest: string;
  readonly name: string;
  readonly cached: boolean;
  readonly started: number | undefined;
  readonly completed: number | undefined;
  /** Empty when it did not fail. */
  readonly error: string;
}

/** Something that a vertex fetches, sends, unpacks or writes. */
export interface VertexStatus {
  readonly vertex: string;
  /** `sha256:…`, `transferring context:`, `extracting sha256:…`, `exporting layers`. */
  readonly item: string;
  /** Bytes; 0 when it is not counted. */
  readonly current: number;
  /** Bytes; 0 when it is not known. */
  readonly total: number;
}

export interface VertexLog {
  readonly vertex: string;
  readonly bytes: Uint8Array;
}

export interface VertexWarning {
  readonly message: string;
  readonly url: string;
  /** 1-based lines of the Dockerfile. */
  readonly startLine: number | undefined;
  readonly endLine: number | undefined;
}

/**
 * Message and field numbers of moby.buildkit.v1.StatusResponse (api/services/control/control.proto of moby/buildkit, read 2026-11),
 * only those that are read here. dockerode's own decoder loses the structure and shows log bytes as base64 (5.0.1).
 */
const schema = protobuf.Root.fromJSON({
  nested: {
    StatusResponse: {
      fields: {
        vertexes: { rule: "repeated", type: "Vertex", id: 1 },
        statuses: { rule: "repeated", type: "VertexStatus", id: 2 },
        logs: { rule: "repeated", type: "VertexLog", id: 3 },
        warnings: { rule: "repeated", type: "VertexWarning", id: 4 },
      },
    },
    Vertex: {
      fields: {
        digest: { type: "string", id: 1 },
        name: { type: "string", id: 3 },
        cached: { type: "bool", id: 4 },
        started: { type: "Timestamp", id: 5 },
        completed: { type: "Timestamp", id: 6 },
        error: { type: "string", id: 7 },
      },
    },
    VertexStatus: {
      fields: {
        ID: { type: "string", id: 1 },
        vertex: { type: "string", id: 2 },
        current: { type: "int64", id: 4 },
        total: { type: "int64", id: 5 },
      },
    },
    VertexLog: { fields: { vertex: { type: "string", id: 1 }, msg: { type: "bytes", id: 4 } } },
    VertexWarning: {
      fields: {
        short: { type: "bytes", id: 3 },
        url: { type: "string", id: 5 },
        ranges: { rule: "repeated", type: "Range", id: 7 },
      },
    },
    Range: { fields: { start: { type: "Position", id: 1 }, end: { type: "Position", id: 2 } } },
    Position: { fields: { line: { type: "int32", id: 1 } } },
    Timestamp: { fields: { seconds: { type: "int64", id: 1 }, nanos: { type: "int32", id: 2 } } },
  },
});
const statusResponse = schema.lookupType("StatusResponse");

interface RawTime {
  readonly seconds?: number;
  readonly nanos?: number;
}

interface RawTrace {
  readonly vertexes: readonly {
    readonly digest: string;
    readonly name: string;
    readonly cached: boolean;
    readonly started: RawTime | null;
    readonly completed: RawTime | null;
    readonly error: string;
  }[];
  readonly statuses: readonly {
    readonly ID: string;
    readonly vertex: string;
    readonly current: number;
    readonly total: number;
  }[];
  readonly logs: readonly { readonly vertex: string; readonly msg: Uint8Array }[];
  readonly warnings: readonly {
    readonly short: Uint8Array;
    readonly url: string;
    readonly ranges: readonly {
      readonly start: { line: number } | null;
      readonly end: { line: number } | null;
    }[];
  }[];
}

/** Reads the `aux` of one `moby.buildkit.trace` record. Throws EngineError when it is no such message. */
export function decodeTrace(base64: string): Trace {
  const raw = rawTrace(base64);
  return {
    vertexes: raw.vertexes.map((it) => ({
      ...it,
      started: milliseconds(it.started),
      completed: milliseconds(it.completed),
    })),
    statuses: raw.statuses.map(({ ID, ...status }) => ({ ...status, item: ID })),
    logs: raw.logs.map(({ vertex, msg }) => ({ vertex, bytes: msg })),
    warnings: raw.warnings.map(({ short, url, ranges }) => ({
      message: new TextDecoder().decode(short),
      url,
      startLine: ranges[0]?.start?.line,
      endLine: ranges[0]?.end?.line,
    })),
  };
}

function rawTrace(base64: string): RawTrace {
  try {
    const message = statusResponse.decode(Buffer.from(base64, "base64"));
    return statusResponse.toObject(message, { longs: Number, defaults: true }) as RawTrace;
  } catch {
    throw notUnderstood(base64);
  }
}

function milliseconds(time: RawTime | null): number | undefined {
  return time ? (time.seconds ?? 0) * 1000 + (time.nanos ?? 0) / 1e6 : undefined;
}
