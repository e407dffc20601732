import { createConnection, createServer, type Socket } from "node:net";
import path from "node:path";

/** An engine, and what was asked of it through the socket in front of it. */
export interface WatchedEngine {
  readonly dockerHost: string;
  /** In order: `GET /v1.51/info`; `connection` for one on which nothing was asked. */
  readonly engineCalls: readonly string[];
  stop(): void;
}

/** Puts a socket in front of an engine that hands everything on and notes each connection. */
export async function watchEngine(dockerHost: string, folder: string): Promise<WatchedEngine> {
  const engineCalls: string[] = [];
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const engine = createConnection({ path: dockerHost.replace("unix://", ""), allowHalfOpen: true });
    const at = engineCalls.push("connection") - 1;
    client.once("data", (first) => {
      const [asked] = /^\S+ [^\s?]+/.exec(first.toString("latin1")) ?? [];
      if (asked !== undefined) engineCalls[at] = asked;
    });
    for (const [one, other] of [
      [client, engine],
      [engine, client],
    ] as const) {
      open.add(one);
      one
        .on("error", () => {})
        .on("close", () => {
          open.delete(one);
          other.destroy();
        });
      one.pipe(other);
    }
  });
  const socket = path.join(folder, "watched.sock");
  server.listen(socket);
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    dockerHost: `unix://${socket}`,
    engineCalls,
    stop() {
      server.close();
      for (const it of open) it.destroy();
    },
  };
}
