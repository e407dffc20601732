import { createHash } from "node:crypto";
import { hostname } from "node:os";
import type { StartedBuild } from "../build/build.ts";
import { buildQuery } from "../build/build-query.ts";
import type { BuildRequest } from "../build/build-types.ts";
import { openOffers } from "../build/session-offers.ts";
import { type Connection, open } from "../connection.ts";
import { mustBeFolder } from "../context/context.ts";
import { type DockerfileFolder, openDockerfileFolder } from "../context/dockerfile-folder.ts";
import { IgnoreFileError } from "../context/ignore-file.ts";
import { isFolderContext, localName } from "../context/named-contexts.ts";
import { EngineError } from "../engine.ts";
import { otherFailure } from "../failures.ts";
import { type SyncCount, syncFolder } from "./file-sync.ts";
import type { GrpcCall } from "./grpc.ts";
import { openSession } from "./session.ts";
import { solve } from "./solve.ts";

/**
 * Builds with BuildKit over a session of our own: it reads the Dockerfile, its ignore file and what COPY names through us, and only what changed
 * since the last time, as with `docker build`; secrets, SSH agents and registry logins when a step needs them. Throws EngineError, and the
 * errors of Node and dockerode.
 */
export async function startBuildKit(
  connection: Connection,
  request: BuildRequest,
  secrets: ReadonlyMap<string, Buffer>,
  abortSignal: AbortSignal,
): Promise<StartedBuild> {
  const folders = Object.entries(request.contexts ?? {}).filter(([, place]) => isFolderContext(place));
  for (const folder of [request.context, ...folders.map(([, folder]) => folder)]) await mustBeFolder(folder);
  const dockerfile = await openDockerfileFolder(request);
  const notes: string[] = [];
  const opened: { close(): void }[] = [dockerfile];
  const close = () => {
    for (const it of opened.toReversed()) it.close();
  };
  try {
    const offers = await openOffers(request, secrets, (sentence) => notes.push(sentence));
    opened.push(offers);
    const files = fileOffers(
      request,
      dockerfile,
      new Map(folders.map(([name, it]) => [localName(name), it])),
    );
    const session = await openSession(
      connection,
      { "/moby.filesync.v1.FileSync/DiffCopy": files.sync, ...offers.methods },
      sharedKey(request.context),
      abortSignal,
    );
    opened.push(session);
    // The Engine API has no place for named contexts; BuildKit's own, which it hands through, has.
    const answer = request.contexts
      ? await solve(connection, request, dockerfile.name, session.id, abortSignal)
      : await open(
          connection,
          {
            method: "POST",
            path: "/build",
            query: {
              ...buildQuery(request, dockerfile.name),
              version: "2",
              remote: "client-session",
              session: session.id,
            },
          },
          abortSignal,
        );
    return {
      answer,
      context: files.context,
      notes: () => notes.splice(0),
      failure: files.failure,
      isLost: () => session.isLost(),
      close() {
        answer.destroy();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Serves the folders of a build, by the names under which BuildKit asks for them. */
function fileOffers(
  { context }: BuildRequest,
  dockerfile: DockerfileFolder,
  named: ReadonlyMap<string, string>,
) {
  const count: SyncCount = { files: 0, bytes: 0, sentBytes: 0 };
  const skipped: string[] = [];
  let complete = false;
  let failure: EngineError | undefined;
  const skip = (sentence: string) => void skipped.push(sentence);
  return {
    async sync(call: GrpcCall): Promise<void> {
      const name = call.metadata("dir-name")[0] ?? "";
      const folder = named.get(name) ?? context;
      try {
        if (name === "dockerfile") await syncFolder(call, dockerfile.folder, noCount(), () => {});
        else if (asksForIgnoreFile(call)) await syncFolder(call, folder, noCount(), () => {});
        else {
          await syncFolder(call, folder, count, skip);
          complete ||= folder === context;
        }
      } catch (error) {
        // The engine says only that something went wrong here.
        failure ??= ourFailure(error);
        throw error;
      }
    },
    context: () => (complete ? { ...count, skipped } : undefined),
    failure: () => failure,
  };
}

/** BuildKit looks at a context's ignore file before it asks for the context. */
function asksForIgnoreFile(call: GrpcCall): boolean {
  const paths = call.metadata("followpaths");
  return paths.length === 1 && paths[0] === ".dockerignore";
}

/** A file or a pattern of the user's that cannot be used; undefined for a connection that broke off, which the build's answer tells. */
function ourFailure(error: unknown): EngineError | undefined {
  if (error instanceof IgnoreFileError)
    return otherFailure(`The ignore file cannot be used: ${error.message}.`);
  return error instanceof EngineError ? error : undefined;
}

/** The same for the same folder of this machine, so that BuildKit finds what it has of it. */
function sharedKey(context: string): string {
  return createHash("sha256").update(`plimsoll\n${hostname()}\n${context}`).digest("hex");
}

function noCount(): SyncCount {
  return { files: 0, bytes: 0, sentBytes: 0 };
}
