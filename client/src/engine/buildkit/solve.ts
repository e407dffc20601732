import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import protobuf from "protobufjs/light.js";
import type { BuildRequest } from "../build/build-types.ts";
import type { Connection } from "../connection.ts";
import { contextAttributes } from "../context/named-contexts.ts";
import { openBuildKit } from "./buildkit-api.ts";
import { GrpcCallError, type GrpcClient } from "./grpc-client.ts";

/**
 * Messages of moby.buildkit.v1.Control (api/services/control/control.proto of moby/buildkit, read 2026-11), only what is sent and read
 * here. The old fields of the exporter are the ones that engines of all versions know.
 */
const root = protobuf.Root.fromJSON({
  nested: {
    SolveRequest: {
      fields: {
        Ref: { type: "string", id: 1 },
        Exporter: { type: "string", id: 3 },
        ExporterAttrs: { keyType: "string", type: "string", id: 4 },
        Session: { type: "string", id: 5 },
        Frontend: { type: "string", id: 6 },
        FrontendAttrs: { keyType: "string", type: "string", id: 7 },
        Entitlements: { rule: "repeated", type: "string", id: 9 },
      },
    },
    SolveResponse: { fields: { ExporterResponse: { keyType: "string", type: "string", id: 1 } } },
    StatusRequest: { fields: { Ref: { type: "string", id: 1 } } },
  },
} as protobuf.INamespace);
const solveRequest = root.lookupType("SolveRequest");
const solveResponse = root.lookupType("SolveResponse");
const statusRequest = root.lookupType("StatusRequest");

/**
 * Builds by BuildKit's own API, for what `POST /build` has no word for. The answer is in
 * the form of that call, so that whoever follows a build need not know which way it went.
 */
export async function solve(
  connection: Connection,
  request: BuildRequest,
  dockerfile: string,
  session: string,
  signal: AbortSignal,
): Promise<Readable> {
  const client = await openBuildKit(connection, signal);
  const answer = Readable.from(records(client, request, dockerfile, session), { objectMode: false });
  answer.on("error", () => {});
  answer.once("close", () => client.close());
  return answer;
}

async function* records(
  client: GrpcClient,
  request: BuildRequest,
  dockerfile: string,
  session: string,
): AsyncGenerator<Buffer> {
  const Ref = randomUUID();
  const message = {
    Ref,
    Session: session,
    Frontend: "dockerfile.v0",
    FrontendAttrs: frontendAttributes(request, dockerfile),
    Exporter: "moby",
    ExporterAttrs: request.tags.length > 0 ? { name: request.tags.join(",") } : {},
    Entitlements: request.network === "host" ? ["network.host"] : [],
  };
  const done = (async () => {
    for await (const answer of client.call(
      "/moby.buildkit.v1.Control/Solve",
      solveRequest.encode(message).finish(),
    ))
      return solveResponse.decode(answer) as unknown as { ExporterResponse: Record<string, string> };
    throw new GrpcCallError("The engine answered nothing.");
  })();
  // It is awaited after the progress, which ends with it.
  done.catch(() => {});
  try {
    for await (const trace of client.call(
      "/moby.buildkit.v1.Control/Status",
      statusRequest.encode({ Ref }).finish(),
    ))
      yield line({ id: "moby.buildkit.trace", aux: trace.toString("base64") });
  } catch (error) {
    // A build that failed at once has no progress any more; why it did is the other answer.
    if (!(error instanceof GrpcCallError)) throw error;
  }
  try {
    const ID = (await done).ExporterResponse["containerimage.digest"];
    yield line({ id: "moby.image.id", aux: { ID } });
  } catch (error) {
    if (!(error instanceof GrpcCallError)) throw error;
    yield line({ error: error.message, errorDetail: { message: error.message } });
  }
}

function line(record: object): Buffer {
  return Buffer.from(`${JSON.stringify(record)}\n`);
}

/** As the engine makes them of the query of `POST /build` (builder/builder-next of moby/moby, read 2026-11). */
function frontendAttributes(request: BuildRequest, dockerfile: string): Record<string, string> {
  const prefixed = (prefix: string, values: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}:${name}`, value]));
  const hosts = Object.entries(request.extraHosts ?? {}).map(([name, address]) => `${name}=${address}`);
  return {
    filename: dockerfile,
    ...prefixed("build-arg", request.buildArguments),
    ...prefixed("label", request.labels),
    ...contextAttributes(request.contexts ?? {}),
    ...(request.target !== undefined && { target: request.target }),
    ...(request.platform !== undefined && { platform: request.platform }),
    ...(request.noCache && { "no-cache": "" }),
    ...(request.pull && { "image-resolve-mode": "pull" }),
    ...(request.network !== undefined &&
      request.network !== "default" && { "force-network-mode": request.network }),
    ...(request.cacheFrom?.length && { "cache-from": request.cacheFrom.join(",") }),
    ...(hosts.length > 0 && { "add-hosts": hosts.join(",") }),
  };
}
