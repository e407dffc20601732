import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { basename, dirname } from "node:path";
import type { StartedBuild } from "./build.ts";
import { buildQuery } from "./build-query.ts";
import type { BuildRequest } from "./build-types.ts";
import { type Connection, open } from "./connection.ts";
import { mustBeFolder, readDockerfile } from "./context.ts";
import { EngineError } from "./engine.ts";
import { other } from "./failures.ts";
import { type SyncCount, syncFolder } from "./file-sync.ts";
import type { GrpcCall } from "./grpc.ts";
import { IgnoreFileError } from "./ignore-file.ts";
import { openSession } from "./session.ts";

/**
 * Builds with BuildKit over a session of our own: it reads the Dockerfile, its ignore file and what COPY names through us, and only what changed
 * since the last time, as with `docker build`. Throws EngineError, and the errors of Node and dockerode.
 */
export async function startBuildKit(
  connection: Connection,
  request: BuildRequest,
  abortSignal: AbortSignal,
): Promise<StartedBuild> {
  await mustBeFolder(request.context);
  await readDockerfile(request.dockerfile);
  const count: SyncCount = { files: 0, bytes: 0, sentBytes: 0 };
  const skipped: string[] = [];
  let complete = false;
  let failure: EngineError | undefined;

  const sync = async (call: GrpcCall) => {
    const name = call.metadata("dir-name")[0];
    try {
      if (name === "dockerfile") await syncFolder(call, dirname(request.dockerfile), noCount(), () => {});
      else if (asksForIgnoreFile(call)) await syncFolder(call, request.context, noCount(), () => {});
      else {
        await syncFolder(call, request.context, count, (sentence) => skipped.push(sentence));
        complete = true;
      }
    } catch (error) {
      // The engine says only that something went wrong here.
      failure ??= ourFailure(error);
      throw error;
    }
  };
  const session = await openSession(
    connection,
    { "/moby.filesync.v1.FileSync/DiffCopy": sync },
    sharedKey(request.context),
    abortSignal,
  );
  try {
    const query = {
      ...buildQuery(request, basename(request.dockerfile)),
      version: "2",
      remote: "client-session",
      session: session.id,
    };
    const answer = await open(connection, { method: "POST", path: "/build", query }, abortSignal);
    return {
      answer,
      context: () => (complete ? { ...count, skipped } : undefined),
      failure: () => failure,
      close() {
        answer.destroy();
        session.close();
      },
    };
  } catch (error) {
    session.close();
    throw error;
  }
}

/** BuildKit looks at the context's ignore file before it asks for the context. */
function asksForIgnoreFile(call: GrpcCall): boolean {
  const paths = call.metadata("followpaths");
  return paths.length === 1 && paths[0] === ".dockerignore";
}

/** A file or a pattern of the user's that cannot be used; undefined for a connection that broke off, which the build's answer tells. */
function ourFailure(error: unknown): EngineError | undefined {
  if (error instanceof IgnoreFileError) return other(`The ignore file cannot be used: ${error.message}.`);
  return error instanceof EngineError ? error : undefined;
}

/** The same for the same folder of this machine, so that BuildKit finds what it has of it. */
function sharedKey(context: string): string {
  return createHash("sha256").update(`plimsoll\n${hostname()}\n${context}`).digest("hex");
}

function noCount(): SyncCount {
  return { files: 0, bytes: 0, sentBytes: 0 };
}
