import { createConnection, createServer, type Socket } from "node:net";
import path from "node:path";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";

/** One connection on its way to the engine; the client makes a new one for each call. */
export interface Passage {
  /** `POST /build`, without query. */
  readonly call: string;
  readonly client: Socket;
  /** Connects to the engine and hands on what the client sends; its answer is not handed back. */
  forward(): Socket;
  /** Ends the call with an answer of our own, once the client has sent its request. */
  answer(status: number, body: string): void;
}

/**
 * A socket in front of a real engine, until the test is over. `handle` is given what goes wrong: it returns true when it
 * answers itself, false for the engine's own answer. Answers the address.
 */
export async function engineProxy(
  dockerHost: string,
  handle: (passage: Passage) => boolean,
): Promise<string> {
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {}).on("close", () => open.delete(socket));
    return socket;
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    keep(client).once("data", (first) => {
      client.pause();
      const [, method, url = ""] = /^(\S+) (\S+) HTTP/.exec(first.toString("latin1")) ?? [];
      const forward = () => {
        const engine = keep(
          createConnection({ path: dockerHost.replace("unix://", ""), allowHalfOpen: true }),
        );
        engine.write(first);
        client.pipe(engine);
        // Who is asked through the proxy hears at once that nobody listens any more.
        client.on("close", () => engine.destroy());
        return engine;
      };
      const answer = (status: number, body: string) => {
        client.resume();
        client.end(
          `HTTP/1.1 ${status} Test\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n${body}`,
        );
      };
      if (handle({ call: `${method} ${url.split("?")[0]}`, client, forward, answer })) return;
      const engine = forward();
      engine.on("close", () => client.destroy());
      engine.pipe(client);
    });
  });
  const socket = path.join(temporaryFolder(), "proxy.sock");
  server.listen(socket);
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.close();
    for (const it of open) it.destroy();
  });
  return `unix://${socket}`;
}
