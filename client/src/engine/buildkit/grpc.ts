import { createServer, type ServerHttp2Stream } from "node:http2";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { messagesIn } from "./grpc-messages.ts";

/** One call that the engine makes to us. */
export interface GrpcCall {
  /** What the engine sends, one message at a time. */
  readonly messages: AsyncIterable<Buffer>;
  /** Aborted when the call is over, also when the engine gave it up. */
  readonly signal: AbortSignal;
  /** Values of a metadata key, percent-encoding undone. */
  metadata(key: string): readonly string[];
  /** Sends a message, given in parts. Resolves when more may be sent; rejects when the engine gave up the call. */
  send(...parts: readonly Uint8Array[]): Promise<void>;
}

/** By path: `/moby.filesync.v1.FileSync/DiffCopy`. A handler that returns ends the call well; one that throws fails it. */
export type GrpcMethods = Readonly<Record<string, (call: GrpcCall) => Promise<void>>>;

/** Ends a call with a status of gRPC's instead of `unknown`. */
export class GrpcError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Statuses that BuildKit acts upon (grpc.io, statuscodes). */
export const grpcNotFound = 5;

const statusOk = 0;
const statusUnknown = 2;
const statusUnimplemented = 12;

/** Answers of grpc.health.v1.Health/Check: status SERVING. BuildKit asks every few seconds and drops a session that is silent. */
const serving = new Uint8Array([0x08, 0x01]);

/**
 * Serves gRPC (HTTP/2, messages behind a compression byte and four of length; grpc.io, PROTOCOL-HTTP2) on a connection that the engine
 * took over as a client. Uncompressed messages only, which is what engines send. Ends with the connection.
 */
export function serveGrpc(connection: Duplex, methods: GrpcMethods): void {
  const server = createServer();
  server.on("stream", (stream, headers, _flags, rawHeaders) => {
    stream.on("error", () => {});
    const path = String(headers[":path"]);
    const handler = path === "/grpc.health.v1.Health/Check" ? health : methods[path];
    void answer(stream, rawHeaders, handler);
  });
  // A connection that breaks off ends the calls on it; they say so to whoever waits for them.
  server.on("sessionError", () => {});
  // That it is HTTP/2 was agreed on by an upgrade; over TLS Node would want it agreed on in the handshake and answer in HTTP/1.
  if (connection instanceof TLSSocket) connection.alpnProtocol = "h2";
  server.emit("connection", connection);
}

async function health(call: GrpcCall): Promise<void> {
  await call.send(serving);
}

async function answer(
  stream: ServerHttp2Stream,
  rawHeaders: readonly string[],
  handler: ((call: GrpcCall) => Promise<void>) | undefined,
): Promise<void> {
  let status = statusUnimplemented;
  let message = "";
  const out = outgoing(stream);
  stream.on("wantTrailers", () => {
    stream.sendTrailers({ "grpc-status": String(status), "grpc-message": encodeURIComponent(message) });
  });
  try {
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    if (handler) {
      status = statusUnknown;
      await handler(callOn(stream, rawHeaders, out));
      status = statusOk;
    }
  } catch (error) {
    if (error instanceof GrpcError) status = error.status;
    message = error instanceof Error ? error.message : String(error);
  }
  out.flush();
  if (!stream.destroyed) stream.end();
}

function callOn(stream: ServerHttp2Stream, rawHeaders: readonly string[], out: Outgoing): GrpcCall {
  const over = new AbortController();
  stream.once("close", () => over.abort());
  return {
    // Who stops listening still wants to answer, so the stream must not be destroyed then.
    messages: messagesIn(stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>),
    signal: over.signal,
    metadata: (key) => {
      const values = valuesOf(rawHeaders, key);
      // BuildKit marks values that it had to encode for the header.
      return valuesOf(rawHeaders, `${key}-encoded`)[0] === "1" ||
        valuesOf(rawHeaders, `${key}-encoded`)[0] === "true"
        ? values.map((value) => decodeURIComponent(value.replaceAll("+", " ")))
        : values;
    },
    send: out.send,
  };
}

interface Outgoing {
  send(...parts: readonly Uint8Array[]): Promise<void>;
  /** Hands on what still waits. */
  flush(): void;
}

/** Messages wait for each other up to this many bytes or the end of the turn: one write for each would cost more than the message. */
const writeSize = 128 * 1024;

function outgoing(stream: ServerHttp2Stream): Outgoing {
  let waiting: Uint8Array[] = [];
  let size = 0;
  let scheduled = false;
  let drained: Promise<void> | undefined;
  const flush = () => {
    scheduled = false;
    if (size === 0) return;
    const pieces = waiting;
    waiting = [];
    size = 0;
    if (!stream.destroyed && !stream.writableEnded) stream.write(Buffer.concat(pieces));
  };
  return {
    flush,
    async send(...parts) {
      if (stream.destroyed) throw new Error("The engine gave up the call.");
      const header = Buffer.alloc(5);
      header.writeUInt32BE(
        parts.reduce((sum, part) => sum + part.length, 0),
        1,
      );
      for (const part of [header, ...parts]) {
        waiting.push(part);
        size += part.length;
      }
      if (size >= writeSize) flush();
      else if (!scheduled) {
        scheduled = true;
        setImmediate(flush);
      }
      if (!stream.writableNeedDrain) return;
      // All who send wait for the same, on one pair of listeners.
      drained ??= writable(stream).finally(() => {
        drained = undefined;
      });
      await drained;
    },
  };
}

function valuesOf(rawHeaders: readonly string[], key: string): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === key);
}

function writable(stream: ServerHttp2Stream): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      stream.off("drain", done).off("close", done);
      if (stream.destroyed) reject(new Error("The engine gave up the call."));
      else resolve();
    };
    stream.on("drain", done).on("close", done);
  });
}
