import { startBuildKit } from "../buildkit/buildkit-build.ts";
import { buildKitLog } from "../buildkit/buildkit-log.ts";
import { buildWithBuildx } from "../buildx/buildx-build.ts";
import { startClassic } from "../classic/classic-build.ts";
import { classicLog } from "../classic/classic-log.ts";
import type { Connection } from "../connection.ts";
import { EngineError } from "../engine.ts";
import {
  cancelled,
  engineMessage,
  failureIn,
  otherFailure,
  throwIfAborted,
  toEngineError,
  unreachable,
} from "../failures.ts";
import { readInfo } from "../info.ts";
import { records } from "../records.ts";
import { buildFailure, shortened } from "./build-failure.ts";
import type { BuildLog } from "./build-log.ts";
import { readSecrets } from "./build-secrets.ts";
import type { BuildEvent, BuildRequest, BuildStep } from "./build-types.ts";
import { redaction } from "./redaction.ts";

/** A build that the engine has begun. */
export interface StartedBuild {
  /** The engine's progress as it comes. */
  readonly answer: AsyncIterable<Buffer>;
  /** Sentences for the log, each told once. */
  notes(): readonly string[];
  /** What was offered of the context so far; undefined until the engine has seen all that it wants. */
  context(): SentContext | undefined;
  /** What ended the build on this side, such as a file that cannot be read. */
  failure(): EngineError | undefined;
  /** The engine can read nothing of this machine any more. */
  isLost(): boolean;
  close(): void;
}

export interface SentContext {
  readonly files: number;
  readonly bytes: number;
  readonly sentBytes: number;
  /** What cannot be sent, one sentence each. */
  readonly skipped: readonly string[];
}

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
  const secrets = await readSecrets(request.secrets ?? []);
  const hide = redaction([...[...secrets.values()].map(String), ...(request.hidden ?? [])]);
  try {
    yield* hide.events(
      request.builder
        ? buildWithBuildx(connection, request, request.builder, secrets, signal)
        : buildOnEngine(connection, request, secrets, signal),
    );
  } catch (error) {
    throw error instanceof EngineError ? hide.error(error) : error;
  }
}

async function* buildOnEngine(
  connection: Connection,
  request: BuildRequest,
  secrets: ReadonlyMap<string, Buffer>,
  signal: AbortSignal | undefined,
): AsyncGenerator<BuildEvent> {
  const began = performance.now();
  const info = await readInfo(connection, signal);
  const { hasBuildKit, name } = info;

  // One controller for the user's cancel and for an iteration that ends early.
  const control = new AbortController();
  const onAbort = () => control.abort();
  signal?.addEventListener("abort", onAbort, { once: true });
  let started: StartedBuild | undefined;
  let log: BuildLog | undefined;
  try {
    started = hasBuildKit
      ? await startBuildKit(connection, request, secrets, control.signal)
      : await startClassic(connection, info, request, control.signal);
    log = hasBuildKit ? buildKitLog() : classicLog(() => performance.now());
    yield* follow(started, log, began);
  } catch (error) {
    if (signal?.aborted && name === "podman") throw cancelled(leftAtPodman(log?.failing));
    if (signal?.aborted) throw toEngineError(error, connection.address, "building", signal);
    throw (
      started?.failure() ??
      (started?.isLost() ? lostSession(error, connection.address) : undefined) ??
      refusedDockerfile(error) ??
      toEngineError(error, connection.address, "building")
    );
  } finally {
    signal?.removeEventListener("abort", onAbort);
    control.abort();
    started?.close();
  }
}

async function* follow(started: StartedBuild, log: BuildLog, began: number): AsyncGenerator<BuildEvent> {
  let told = false;
  let error: string | undefined;
  for await (const record of records(started.answer)) {
    const context = told ? undefined : started.context();
    if (context) {
      told = true;
      yield* sentEvents(context);
    }
    yield* noted(started.notes());
    yield* log.read(record);
    // A failed build is answered with 200 and a record that says so.
    if (record.error !== undefined) error = record.errorDetail?.message ?? record.error;
  }
  if (error !== undefined) throw buildFailure(error, log);
  yield* log.end();
  if (log.imageId === undefined)
    throw otherFailure(
      "The engine ended the build without an image and without saying why. See its log, then build again.",
    );
  yield { kind: "finished", imageId: log.imageId, milliseconds: performance.now() - began };
}

/** Podman ends the build when we are gone, but not the command that runs (4.3.1 and 5.8.6), and its API names no way to. */
function leftAtPodman(step: BuildStep | undefined): string | undefined {
  return step && /^RUN\b/i.test(step.instruction)
    ? `Podman still finishes the step that runs, “${shortened(step.instruction)}”, and drops what it made.`
    : undefined;
}

function* sentEvents({ files, bytes, sentBytes, skipped }: SentContext): Generator<BuildEvent> {
  yield { kind: "context", files, bytes, sentBytes };
  yield* noted(skipped);
}

function* noted(sentences: readonly string[]): Generator<BuildEvent> {
  for (const sentence of sentences) yield { kind: "log", step: undefined, text: `${sentence}\n` };
}

/** Where the build failed for want of its session, the engine's own words are of its protocol. */
function lostSession(error: unknown, address: string): EngineError | undefined {
  const failure = failureIn(error);
  return failure?.kind === "build-failed" && /code = |no active session|\bEOF\b/.test(failure.message)
    ? unreachable("ECONNRESET", address, "building", failure.message)
    : undefined;
}

/** The classic builder answers 400 for a Dockerfile that it cannot read. */
function refusedDockerfile(error: unknown): EngineError | undefined {
  const raw = error as { statusCode?: number; message?: string };
  return raw.statusCode === 400 ? buildFailure(engineMessage(raw), undefined) : undefined;
}
