import { readFile, stat } from "node:fs/promises";
import protobuf from "protobufjs/light.js";
import { type GrpcCall, GrpcError, type GrpcMethods, grpcNotFound } from "../buildkit/grpc.ts";
import { otherFailure } from "../failures.ts";
import { reason } from "../local-files.ts";
import type { BuildSecret } from "./build-types.ts";

/** Messages of moby.buildkit.secrets.v1.Secrets (session/secrets/secrets.proto of moby/buildkit, read 2026-11). */
const root = protobuf.Root.fromJSON({
  nested: {
    GetSecretRequest: { fields: { ID: { type: "string", id: 1 } } },
    GetSecretResponse: { fields: { data: { type: "bytes", id: 1 } } },
  },
});
const request = root.lookupType("GetSecretRequest");
const response = root.lookupType("GetSecretResponse");

/** What BuildKit takes at most, bytes (session/secrets of moby/buildkit, read 2026-11). */
const largest = 500 * 1024;

/**
 * The values by id, read before anything is sent, so that what is missing is told at once and not in the middle of the build.
 * Throws EngineError that names the secret and never its value.
 */
export async function readSecrets(secrets: readonly BuildSecret[]): Promise<ReadonlyMap<string, Buffer>> {
  const values = new Map<string, Buffer>();
  for (const { id, from } of secrets) {
    const value = from.kind === "file" ? await fromFile(id, from.path) : Buffer.from(textOf(id, from));
    if (value.length > largest)
      throw otherFailure(
        `The secret “${id}” is larger than 500 kB, which is the most that a build can be given.`,
      );
    values.set(id, value);
  }
  return values;
}

function textOf(id: string, from: Exclude<BuildSecret["from"], { kind: "file" }>): string {
  if (from.kind === "value") return from.value;
  const value = process.env[from.variable];
  if (value === undefined)
    throw otherFailure(
      `The secret “${id}” comes from the environment variable ${from.variable}, which is not set where VS Code runs its extensions. Set it and start VS Code again, or choose another source.`,
    );
  return value;
}

async function fromFile(id: string, path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    // A wrong path may name anything, also what should not be read into memory.
    return size > largest ? Buffer.alloc(largest + 1) : await readFile(path);
  } catch (error) {
    throw otherFailure(`The secret “${id}” cannot be read from ${path}: ${reason(error)}.`);
  }
}

/** Answers of a session. BuildKit also asks for secrets nobody named (credentials of Git and HTTP), which are not found. */
export function secretMethods(values: ReadonlyMap<string, Buffer>): GrpcMethods {
  return {
    "/moby.buildkit.secrets.v1.Secrets/GetSecret": async (call: GrpcCall) => {
      for await (const message of call.messages) {
        const { ID } = request.decode(message) as unknown as { ID: string };
        const data = values.get(ID);
        if (data === undefined) throw new GrpcError(grpcNotFound, `secret ${ID} not found`);
        return call.send(response.encode({ data }).finish());
      }
    },
  };
}
