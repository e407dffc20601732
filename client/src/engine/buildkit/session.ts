import { randomUUID } from "node:crypto";
import type { Connection } from "../connection.ts";
import { dial } from "../transport/dial.ts";
import { type GrpcMethods, serveGrpc } from "./grpc.ts";

/** A connection on which BuildKit asks us for what a build needs of this machine. */
export interface Session {
  /** For the build that it serves. */
  readonly id: string;
  /** It ended before `close`: the engine, or what stands between, gave it up. */
  isLost(): boolean;
  close(): void;
}

/**
 * Opens a session. `sharedKey` names what is offered: where it is the same as before, BuildKit asks only for what changed. dockerode's
 * own session offers credentials only, and closes its socket late (5.0.1).
 */
export async function openSession(
  connection: Connection,
  methods: GrpcMethods,
  sharedKey: string,
  abortSignal: AbortSignal,
): Promise<Session> {
  const id = randomUUID();
  const headers = {
    Upgrade: "h2c",
    "X-Docker-Expose-Session-Uuid": id,
    "X-Docker-Expose-Session-Name": "plimsoll",
    "X-Docker-Expose-Session-Sharedkey": sharedKey,
    "X-Docker-Expose-Session-Grpc-Method": Object.keys(methods),
  };
  const socket = await dial(connection, { path: "/session", headers }, abortSignal);
  serveGrpc(socket, methods);
  let state: "open" | "closed" | "lost" = "open";
  socket.once("close", () => {
    if (state === "open") state = "lost";
  });
  return {
    id,
    isLost: () => state === "lost",
    close() {
      if (state === "open") state = "closed";
      socket.destroy();
    },
  };
}
