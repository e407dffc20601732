import type { OutgoingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";
import type { Connection } from "../connection.ts";

/** A request after whose answer the connection is a plain socket. docker-modem's names, which its types lack. */
export interface Dial {
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly options?: { readonly _query: Readonly<Record<string, string>>; readonly _body?: object };
  /** Sent as it is, with its length told. */
  readonly file?: Buffer;
}

/** Takes the connection of a request over (Engine API, “Attach to a container”). Throws the errors of Node and dockerode. */
export function dial(
  { docker }: Connection,
  request: Dial,
  abortSignal: AbortSignal | undefined,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        ...request,
        method: "POST",
        hijack: true,
        ...(abortSignal && { abortSignal }),
        statusCodes: { 101: true, 200: true },
      },
      (error: unknown, answer: unknown) => {
        if (error) return reject(error);
        const socket = answer as Duplex;
        // Whoever reads it gets the error as well; this keeps it from ending the process when nobody does.
        socket.on("error", () => {});
        resolve(socket);
      },
    );
  });
}
