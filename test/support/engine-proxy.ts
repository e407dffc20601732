import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import path from "node:path";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

export interface Passage {
  readonly asked: IncomingMessage;
  readonly answer: ServerResponse;
  /** Asks the real engine; resolves to its answer, whose body is unread. */
  forward(): Promise<IncomingMessage>;
}

/**
 * A socket in front of a real engine, until the test is over. `handle` is given what goes wrong: it answers itself and
 * returns true, or returns false for the engine's own answer. Answers the address.
 */
export async function engineProxy(
  dockerHost: string,
  handle: (passage: Passage) => Promise<boolean> | boolean,
): Promise<string> {
  const socketPath = dockerHost.replace("unix://", "");
  const server = createServer(async (asked, answer) => {
    const forward = () =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const onward = request(
          { socketPath, path: asked.url, method: asked.method, headers: asked.headers },
          resolve,
        );
        onward.on("error", reject);
        // Who is asked through the proxy hears at once that nobody listens any more.
        answer.on("close", () => onward.destroy());
        asked.pipe(onward);
      });
    try {
      if (await handle({ asked, answer, forward })) return;
      const from = await forward();
      answer.writeHead(from.statusCode ?? 500, from.headers);
      answer.flushHeaders();
      from.pipe(answer);
    } catch {
      answer.destroy();
    }
  });
  const socket = path.join(temporaryFolder(), "proxy.sock");
  server.listen(socket);
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `unix://${socket}`;
}
