import type { Connection } from "../connection.ts";
import { dial } from "../transport/dial.ts";
import { type GrpcClient, grpcClient } from "./grpc-client.ts";

/** BuildKit's own API, which the engine hands through at `/grpc`. Throws the errors of Node and dockerode. */
export async function openBuildKit(
  connection: Connection,
  abortSignal: AbortSignal | undefined,
): Promise<GrpcClient> {
  const socket = await dial(connection, { path: "/grpc", headers: { Upgrade: "h2c" } }, abortSignal);
  const client = grpcClient(socket);
  // What aborting ends is the connection; what the engine does for us ends with it.
  abortSignal?.addEventListener("abort", () => client.close(), { once: true });
  return client;
}
