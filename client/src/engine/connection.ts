import type { IncomingMessage } from "node:http";
import type Docker from "dockerode";
import { isRecord } from "../shared/is-record.ts";
import { notUnderstood, silent, throwIfAborted, toEngineError } from "./failures.ts";

/** dockerode at one engine. */
export interface Connection {
  readonly docker: Docker;
  readonly address: string;
  /** Of a host over SSH: where a port of that host's loopback is on this machine. */
  readonly tunnels?: Map<number, string>;
  /** ms that a question may take which nobody can cancel; a minute when not given. */
  readonly patience?: number;
}

/** One call of the Engine API. `path` has no query. */
export interface Call {
  readonly method: "GET" | "HEAD" | "POST" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: object;
  /** The header X-Registry-Auth. */
  readonly login?: string;
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

/**
 * The JSON that the engine answers; undefined when it answers nothing. Throws the errors of Node and dockerode, and EngineError for what is no
 * JSON. A question without a signal does not wait for ever for an engine that says nothing: after `patience` it counts as unreachable.
 */
export async function call(connection: Connection, what: Call, signal?: AbortSignal): Promise<unknown> {
  // What counts the bytes on the disk takes its time on large engines.
  const isQuestion = what.method === "GET" && what.path !== "/system/df";
  const limit =
    signal === undefined && isQuestion ? AbortSignal.timeout(connection.patience ?? 60_000) : undefined;
  let text: string;
  try {
    const pieces: Buffer[] = [];
    for await (const piece of await open(connection, what, signal ?? limit)) pieces.push(piece);
    text = Buffer.concat(pieces).toString();
  } catch (error) {
    if (limit?.aborted) throw silent(connection.address);
    throw error;
  }
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw notUnderstood(text);
  }
}

/** The same where the Engine API says that the answer is an object. Throws EngineError where it is none. */
export async function callForObject<T extends object>(
  connection: Connection,
  what: Call,
  signal?: AbortSignal,
): Promise<T> {
  const answer = await call(connection, what, signal);
  if (!isRecord(answer)) throw notUnderstood(JSON.stringify(answer) ?? "");
  return answer as T;
}

/** The same where the Engine API says that the answer is a list of objects; `null` is an empty one. */
export async function callForList<T extends object>(
  connection: Connection,
  what: Call,
  signal?: AbortSignal,
): Promise<readonly T[]> {
  const answer = (await call(connection, what, signal)) ?? [];
  if (!Array.isArray(answer) || !answer.every((it): boolean => isRecord(it)))
    throw notUnderstood(JSON.stringify(answer));
  return answer;
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
        ...(login !== undefined && { authconfig: { base64: login } }),
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
