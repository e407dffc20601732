import type { IncomingMessage } from "node:http";
import type Docker from "dockerode";
import { throwIfAborted, toEngineError } from "./failures.ts";

/** dockerode at one engine. */
export interface Connection {
  readonly docker: Docker;
  readonly address: string;
}

/** One call of the Engine API. `path` has no query. */
export interface Call {
  readonly method: "GET" | "HEAD" | "POST" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: object;
  /** The header X-Registry-Auth: who the user is at the registry that the engine is to ask. */
  readonly login?: object;
}

/**
 * Runs calls for the user. Ends at once when `signal` is aborted, and throws nothing but EngineError. `doing` completes the
 * sentence “… while listing images”.
 */
export async function ask<T>(
  { address }: Connection,
  doing: string,
  signal: AbortSignal | undefined,
  calls: () => Promise<T>,
): Promise<T> {
  throwIfAborted(signal);
  try {
    return await calls();
  } catch (error) {
    throw toEngineError(error, address, doing, signal);
  }
}

/** The JSON that the engine answers; undefined when it answers nothing. Throws the errors of Node and dockerode. */
export async function call(connection: Connection, what: Call, signal?: AbortSignal): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of await open(connection, what, signal)) pieces.push(piece);
  const text = Buffer.concat(pieces).toString();
  return text.trim() === "" ? undefined : JSON.parse(text);
}

/**
 * The engine's answer as it comes. Always as a stream: docker-modem waits for the end of any other answer, and forever when the
 * engine goes away before (5.0.7). With a callback: a promise would leave a moment in which an error of the answer has no listener.
 */
export function open(
  { docker }: Connection,
  { method, path, query = {}, body = {}, login }: Call,
  signal?: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        path: `${path}?`,
        method,
        // An empty body is sent as none.
        options: { _query: query, _body: body },
        isStream: true,
        ...(login && { authconfig: login }),
        ...(signal && { abortSignal: signal }),
        // 304: what was asked for is so already.
        statusCodes: { 200: true, 201: true, 204: true, 304: true },
      },
      (error: unknown, answer: unknown) => {
        if (error) return reject(error);
        const response = answer as IncomingMessage;
        // Whoever reads it gets the error as well; this keeps it from ending the process when nobody does.
        response.on("error", () => {});
        resolve(response);
      },
    );
  });
}
