import type { Duplex } from "node:stream";
import { type Connection, call } from "../connection.ts";
import { toEngineError } from "../failures.ts";
import { dial } from "../transport/dial.ts";
import type { TerminalSession } from "./container-types.ts";

/** Takes a connection over for the input and output of a container or of a program in it. Throws the errors of Node and dockerode. */
export function hijack(
  connection: Connection,
  path: string,
  query: Readonly<Record<string, string>>,
  body?: object,
): Promise<Duplex> {
  const request = {
    path: `${path}?`,
    options: { _query: query, ...(body && { _body: body }) },
    // docker-modem would send no body in chunks (5.0.7), and Podman hands their end to the program as its input.
    ...(body ? {} : { file: Buffer.alloc(0), headers: { "Content-Type": "text/plain" } }),
  };
  // The socket outlives the call that asked for it.
  return dial(connection, request, undefined);
}

/** `resizePath` is asked when the window changes; `farewell` is typed when it is closed. */
export function terminalSession(
  connection: Connection,
  socket: Duplex,
  doing: string,
  resizePath: string,
  farewell: string,
): TerminalSession {
  let isClosed = false;
  return {
    output: textOf(connection, socket, doing, () => isClosed),
    write(text) {
      if (!isClosed && socket.writable) socket.write(text);
    },
    async resize({ columns, rows }) {
      try {
        await call(connection, {
          method: "POST",
          path: resizePath,
          query: { w: String(columns), h: String(rows) },
        });
      } catch {
        // It has ended, or has not begun: the next size is told anyway.
      }
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      if (farewell === "" || !socket.writable) return void socket.destroy();
      socket.write(farewell);
      // A shell ends the connection itself; what does not listen is left after a while.
      const leave = setTimeout(() => socket.destroy(), 1_000);
      socket.once("close", () => clearTimeout(leave));
      socket.resume();
    },
  };
}

async function* textOf(
  connection: Connection,
  socket: Duplex,
  doing: string,
  isClosed: () => boolean,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of socket) {
      const text = decoder.decode(chunk as Buffer, { stream: true });
      if (text !== "") yield text;
    }
  } catch (error) {
    if (!isClosed()) throw toEngineError(error, connection.address, doing);
  }
}
