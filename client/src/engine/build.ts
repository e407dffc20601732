import type { IncomingMessage } from "node:http";
import type Docker from "dockerode";
import { buildFailure } from "./build-failure.ts";
import type { BuildLog } from "./build-log.ts";
import type { BuildEvent, BuildRequest } from "./build-types.ts";
import { buildKitLog } from "./buildkit-log.ts";
import { classicLog } from "./classic-log.ts";
import type { Connection } from "./connection.ts";
import { type BuildContext, openContext } from "./context.ts";
import { EngineError } from "./engine.ts";
import { engineMessage, other, throwIfAborted, toEngineError } from "./failures.ts";
import { readInfo } from "./info.ts";
import { records } from "./records.ts";

/**
 * Builds with BuildKit where the engine has it, else with its classic builder. Ending the iteration early cancels the build, as
 * aborting does: the connection closes, and the engine stops what runs for it (checked on 20.10 and 28).
 */
export async function* build(
  connection: Connection,
  request: BuildRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<BuildEvent> {
  throwIfAborted(signal);
  const began = performance.now();
  const { hasBuildKit } = await readInfo(connection, signal);

  // One controller for the user's cancel, an iteration that ends early and a context that cannot be read.
  const control = new AbortController();
  const onAbort = () => control.abort();
  signal?.addEventListener("abort", onAbort, { once: true });
  let context: BuildContext | undefined;
  let answer: IncomingMessage | undefined;
  let unreadable: EngineError | undefined;
  try {
    context = await openContext(request, control.signal);
    context.stream.once("error", (error) => {
      if (error instanceof EngineError && error.failure.kind !== "cancelled") unreadable = error;
      control.abort();
    });
    throwIfAborted(signal);
    answer = await start(connection.docker, context, request, hasBuildKit, control.signal);
    yield* follow(answer, context, hasBuildKit ? buildKitLog() : classicLog(() => performance.now()), began);
  } catch (error) {
    if (signal?.aborted) throw toEngineError(error, connection.address, "building", signal);
    throw unreadable ?? refusedDockerfile(error) ?? toEngineError(error, connection.address, "building");
  } finally {
    signal?.removeEventListener("abort", onAbort);
    control.abort();
    context?.stream.destroy();
    answer?.destroy();
  }
}

async function* follow(
  answer: IncomingMessage,
  context: BuildContext,
  log: BuildLog,
  began: number,
): AsyncGenerator<BuildEvent> {
  let told = false;
  let error: string | undefined;
  for await (const record of records(answer)) {
    if (!told && context.sent.complete) {
      told = true;
      yield* sentEvents(context);
    }
    yield* log.read(record);
    // A failed build is answered with 200 and a record that says so.
    if (record.error !== undefined) error = record.errorDetail?.message ?? record.error;
  }
  if (error !== undefined) throw buildFailure(error, log);
  yield* log.end();
  if (log.imageId === undefined)
    throw other(
      "The engine ended the build without an image and without saying why. See its log, then build again.",
    );
  yield { kind: "finished", imageId: log.imageId, milliseconds: performance.now() - began };
}

function* sentEvents({ sent, skipped }: BuildContext): Generator<BuildEvent> {
  yield { kind: "context", files: sent.files, bytes: sent.bytes };
  for (const sentence of skipped) yield { kind: "log", step: undefined, text: `${sentence}\n` };
}

/**
 * Sends the build. dockerode's callback form, as its promise would leave a moment in which an error of the answer has no listener.
 */
function start(
  docker: Docker,
  { stream, dockerfile }: BuildContext,
  request: BuildRequest,
  hasBuildKit: boolean,
  abortSignal: AbortSignal,
): Promise<IncomingMessage> {
  const options = {
    // A number slips past dockerode's test for "2", which opens a session that answers with one password for every
    // registry; without a session BuildKit fetches public images (5.0.1; engines 20.10, 26 and 28).
    version: hasBuildKit ? 2 : 1,
    dockerfile,
    t: [...request.tags],
    buildargs: request.buildArguments,
    ...(request.target !== undefined && { target: request.target }),
    ...(request.platform !== undefined && { platform: request.platform }),
    ...(request.labels !== undefined && { labels: request.labels }),
    ...(request.noCache && { nocache: true }),
    ...(request.pull && { pull: true }),
    ...(request.network !== undefined && { networkmode: request.network }),
    // Of the classic builder: no intermediate containers stay, also after a failure.
    rm: true,
    forcerm: true,
    abortSignal,
  };
  return new Promise((resolve, reject) => {
    docker.buildImage(stream, options as unknown as Docker.ImageBuildOptions, (error, answer) => {
      if (error || !answer) return reject(error);
      const response = answer as IncomingMessage;
      response.on("error", () => {});
      resolve(response);
    });
  });
}

/** The classic builder answers 400 for a Dockerfile that it cannot read. */
function refusedDockerfile(error: unknown): EngineError | undefined {
  const raw = error as { statusCode?: number; message?: string };
  return raw.statusCode === 400 ? buildFailure(engineMessage(raw), undefined) : undefined;
}
