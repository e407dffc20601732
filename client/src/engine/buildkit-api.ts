import type { Duplex } from "node:stream";
import type { Connection } from "./connection.ts";
import { type GrpcClient, grpcClient } from "./grpc-client.ts";

/** BuildKit's own API, which the engine hands through at `/grpc`. Throws the errors of Node and dockerode. */
export async function openBuildKit(
  { docker }: Connection,
  abortSignal: AbortSignal | undefined,
): Promise<GrpcClient> {
  const socket = await new Promise<Duplex>((resolve, reject) => {
    docker.modem.dial(
      {
        path: "/grpc",
        method: "POST",
        hijack: true,
        headers: { Upgrade: "h2c" },
        ...(abortSignal && { abortSignal }),
        statusCodes: { 101: true, 200: true },
      },
      (error: unknown, answer: unknown) => {
        if (error) return reject(error);
        const duplex = answer as Duplex;
        duplex.on("error", () => {});
        resolve(duplex);
      },
    );
  });
  const client = grpcClient(socket);
  // What aborting ends is the connection; what the engine does for us ends with it.
  abortSignal?.addEventListener("abort", () => client.close(), { once: true });
  return client;
}
