import type { IncomingMessage } from "node:http";
import type Docker from "dockerode";
import type { StartedBuild } from "./build.ts";
import { buildQuery } from "./build-query.ts";
import type { BuildRequest } from "./build-types.ts";
import type { Connection } from "./connection.ts";
import { openContext } from "./context.ts";
import { EngineError } from "./engine.ts";

/** Sends the context as an archive to the classic builder. Throws EngineError, and the errors of Node and dockerode. */
export async function startClassic(
  { docker }: Connection,
  request: BuildRequest,
  abortSignal: AbortSignal,
): Promise<StartedBuild> {
  const context = await openContext(request, abortSignal);
  let unreadable: EngineError | undefined;
  context.stream.once("error", (error) => {
    if (error instanceof EngineError && error.failure.kind !== "cancelled") unreadable = error;
  });
  try {
    const answer = await send();
    return {
      answer,
      context: () => {
        const { sent, skipped } = context;
        return sent.complete ? { ...sent, sentBytes: sent.bytes, skipped } : undefined;
      },
      failure: () => unreadable,
      close() {
        context.stream.destroy();
        answer.destroy();
      },
    };
  } catch (error) {
    context.stream.destroy();
    throw unreadable ?? error;
  }

  /** dockerode's callback form, as its promise would leave a moment in which an error of the answer has no listener. */
  function send(): Promise<IncomingMessage> {
    const options = {
      ...buildQuery(request, context.dockerfile),
      version: "1",
      // No intermediate containers stay, also after a failure.
      rm: "true",
      forcerm: "true",
      abortSignal,
    };
    return new Promise((resolve, reject) => {
      docker.buildImage(context.stream, options as unknown as Docker.ImageBuildOptions, (error, answer) => {
        if (error || !answer) return reject(error);
        const response = answer as IncomingMessage;
        response.on("error", () => {});
        resolve(response);
      });
    });
  }
}
