import { type ClientHttp2Session, connect } from "node:http2";
import type { Duplex } from "node:stream";
import { messagesIn } from "./grpc-messages.ts";

/** A call that ended with another status than OK; `message` is what the server says. */
export class GrpcCallError extends Error {}

/** Calls of ours over a connection that the engine took over as a gRPC server. */
export interface GrpcClient {
  /** Yields the messages of the answer. Throws GrpcCallError, or Node's error when the connection breaks off. */
  call(path: string, message: Uint8Array): AsyncGenerator<Buffer>;
  close(): void;
}

/** Bytes that may be on their way: with HTTP/2's own 64 kB whoever sends waits most of the time. */
const WINDOW = 4 * 1024 * 1024;

/** Speaks HTTP/2 over a connection that was taken over; it ends with `close` or with the connection. */
export function grpcClient(connection: Duplex): GrpcClient {
  const session: ClientHttp2Session = connect("http://localhost", {
    createConnection: () => connection,
    settings: { initialWindowSize: WINDOW },
  });
  session.on("error", () => {});
  session.once("connect", () => session.setLocalWindowSize(WINDOW));
  // A connection that broke off before HTTP/2 had begun would leave calls waiting for ever.
  connection.once("close", () => session.destroy());
  return {
    call: (path, message) => callOn(session, path, message),
    close: () => session.destroy(),
  };
}

async function* callOn(
  session: ClientHttp2Session,
  path: string,
  message: Uint8Array,
): AsyncGenerator<Buffer> {
  const stream = session.request({
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
  });
  let status: string | undefined;
  let said = "";
  const onHeaders = (headers: Readonly<Record<string, unknown>>) => {
    if (headers["grpc-status"] === undefined) return;
    status = String(headers["grpc-status"]);
    said = decoded(String(headers["grpc-message"] ?? ""));
  };
  stream.on("response", onHeaders).on("trailers", onHeaders);
  const header = Buffer.alloc(5);
  header.writeUInt32BE(message.length, 1);
  stream.end(Buffer.concat([header, message]));
  yield* messagesIn(stream);
  if (status === undefined) throw Object.assign(new Error("The engine broke off."), { code: "ECONNRESET" });
  if (status !== "0") throw new GrpcCallError(said);
}

/** As it came where it is not what the protocol says: an error here, in a listener, would end the whole process. */
function decoded(message: string): string {
  try {
    return decodeURIComponent(message);
  } catch {
    return message;
  }
}
