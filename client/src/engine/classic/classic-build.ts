import type { IncomingMessage } from "node:http";
import type { StartedBuild } from "../build/build.ts";
import { buildQuery } from "../build/build-query.ts";
import type { BuildRequest } from "../build/build-types.ts";
import type { Connection } from "../connection.ts";
import { dockerfileOf, openContext } from "../context/context.ts";
import { EngineError, type EngineInfo } from "../engine.ts";
import { otherFailure } from "../failures.ts";
import { credentialsOf, dockerHub } from "../registry/registry-credentials.ts";
import { beyondClassic, registriesOf } from "./classic-limits.ts";

/**
 * Sends the context as an archive to the classic builder. Throws EngineError, before anything is sent where the build needs what only
 * BuildKit can do, and the errors of Node and dockerode.
 */
export async function startClassic(
  { docker }: Connection,
  { name }: EngineInfo,
  request: BuildRequest,
  abortSignal: AbortSignal,
): Promise<StartedBuild> {
  const text = (await dockerfileOf(request)).toString();
  const beyond = beyondClassic(request, name === "podman" ? undefined : text);
  if (beyond !== undefined)
    throw otherFailure(
      `${beyond} need BuildKit, which this engine does not offer${name === "podman" ? " over its Docker API (Podman)" : ""}. Choose an engine that has it (Docker 23 or newer), or leave them out.`,
    );
  const notes: string[] = [];
  const logins = await loginsFor(text, request.buildArguments, (sentence) => notes.push(sentence));
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
      notes: () => notes.splice(0),
      failure: () => unreadable,
      isLost: () => false,
      close() {
        context.stream.destroy();
        answer.destroy();
      },
    };
  } catch (error) {
    context.stream.destroy();
    throw unreadable ?? error;
  }

  /**
   * With a callback, as a promise would leave a moment in which an error of the answer has no listener. Podman (5.4.2) notices that we are gone
   * only when it has read the request to its end, and of an archive it reads no further than the archive's own end: it would build on after a
   * cancel. Before it answers on a connection that is to be kept, it reads the rest. Nothing keeps the connection in the end.
   */
  function send(): Promise<IncomingMessage> {
    const query = {
      ...buildQuery(request, context.dockerfile),
      version: "1",
      // No intermediate containers stay, also after a failure.
      rm: "true",
      forcerm: "true",
    };
    return new Promise((resolve, reject) => {
      docker.modem.dial(
        {
          path: "/build?",
          method: "POST",
          file: context.stream,
          options: query,
          headers: {
            "Content-Type": "application/x-tar",
            ...(name === "podman" && { Connection: "keep-alive" }),
          },
          isStream: true,
          abortSignal,
          statusCodes: { 200: true },
          ...(logins !== undefined && { registryconfig: { base64: logins } }),
        },
        (error: unknown, answer: unknown) => {
          if (error || !answer) return reject(error);
          const response = answer as IncomingMessage;
          response.on("error", () => {});
          resolve(response);
        },
      );
    });
  }
}

/** The header X-Registry-Config with the logins for the registries that the Dockerfile names, and no others. Base64 for URLs, as Go reads it. */
async function loginsFor(
  text: string,
  buildArguments: Readonly<Record<string, string>>,
  note: (sentence: string) => void,
): Promise<string | undefined> {
  const logins: Record<string, object> = {};
  for (const host of registriesOf(text, buildArguments)) {
    const found = await credentialsOf(host, note);
    if (!found) continue;
    logins[host === "docker.io" ? dockerHub : host] =
      "identityToken" in found ? { identitytoken: found.identityToken } : found;
  }
  if (Object.keys(logins).length === 0) return undefined;
  return Buffer.from(JSON.stringify(logins)).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}
