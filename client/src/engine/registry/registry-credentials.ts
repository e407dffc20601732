import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import protobuf from "protobufjs/light.js";
import type { GrpcCall, GrpcMethods } from "../buildkit/grpc.ts";
import { otherFailure } from "../failures.ts";
import { reason } from "../local-files.ts";

/** What a registry wants to see. `identityToken` stands instead of name and password. */
export type RegistryCredentials =
  | { readonly username: string; readonly password: string }
  | { readonly identityToken: string };

/** As `docker login` writes it (docs.docker.com/reference/cli/docker/login, read 2026-11). */
interface DockerConfig {
  readonly auths?: Readonly<Record<string, StoredAuth>>;
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
}

interface StoredAuth {
  /** Base64 of `name:password`. */
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}

/** Under which Docker Hub is kept. */
export const dockerHub = "https://index.docker.io/v1/";

/** Messages of moby.filesync.v1.Auth (session/auth/auth.proto of moby/buildkit, read 2026-11). */
const root = protobuf.Root.fromJSON({
  nested: {
    CredentialsRequest: { fields: { Host: { type: "string", id: 1 } } },
    CredentialsResponse: {
      fields: { Username: { type: "string", id: 1 }, Secret: { type: "string", id: 2 } },
    },
  },
});
const request = root.lookupType("CredentialsRequest");
const response = root.lookupType("CredentialsResponse");

/**
 * Answers of a session: who the user is at a registry that BuildKit is about to ask. The other methods of the service are not
 * offered, so BuildKit fetches tokens itself. `note` is told what kept a login from being used.
 */
export function credentialMethods(note: (sentence: string) => void): GrpcMethods {
  return {
    "/moby.filesync.v1.Auth/Credentials": async (call: GrpcCall) => {
      for await (const message of call.messages) {
        const { Host } = request.decode(message) as unknown as { Host: string };
        const found = await credentialsOf(Host, note);
        const answer = !found
          ? {}
          : "identityToken" in found
            ? { Secret: found.identityToken }
            : { Username: found.username, Secret: found.password };
        return call.send(response.encode(answer).finish());
      }
    },
  };
}

/**
 * The login for one registry (`ghcr.io`, `127.0.0.1:5000`), from where `docker login` keeps it; undefined when there is none or it
 * cannot be had, which `note` is told: a public image needs none.
 */
export async function credentialsOf(
  host: string,
  note: (sentence: string) => void,
): Promise<RegistryCredentials | undefined> {
  const key = isDockerHub(host) ? dockerHub : host;
  const config = await readConfig(note);
  const helper = config.credHelpers?.[key] ?? config.credHelpers?.[host] ?? config.credsStore;
  try {
    if (helper) return await fromHelper(helper, key);
    const stored = Object.entries(config.auths ?? {}).find(([name]) => sameRegistry(name, key));
    return stored && fromFile(stored[1]);
  } catch (error) {
    note(`The login for ${host} was not used: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function isDockerHub(host: string): boolean {
  return ["docker.io", "index.docker.io", "registry-1.docker.io"].includes(host);
}

/** Names in `auths` may be addresses. */
function sameRegistry(name: string, key: string): boolean {
  if (name === key) return true;
  const hostOf = (text: string) => text.replace(/^https?:\/\//, "").split("/")[0];
  return hostOf(name) === hostOf(key);
}

async function readConfig(note: (sentence: string) => void): Promise<DockerConfig> {
  const file = join(process.env["DOCKER_CONFIG"] || join(homedir(), ".docker"), "config.json");
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    return typeof value === "object" && value !== null ? value : {};
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT")
      note(`${file} cannot be used, so no login is known: ${reason(error)}`);
    return {};
  }
}

function fromFile(stored: StoredAuth): RegistryCredentials | undefined {
  if (stored.identitytoken) return { identityToken: stored.identitytoken };
  const text = stored.auth ? Buffer.from(stored.auth, "base64").toString() : "";
  const at = text.indexOf(":");
  const username = stored.username ?? (at < 0 ? "" : text.slice(0, at));
  // `docker login` has padded it with NUL.
  const password = stored.password ?? (at < 0 ? "" : text.slice(at + 1).replace(/\0+$/, ""));
  return username === "" ? undefined : { username, password };
}

/** Longest wait for a program that may ask the user to unlock a keychain, ms. */
const patience = 60_000;

/** Speaks the protocol of docker-credential-helpers: the address on stdin, JSON on stdout. */
function fromHelper(name: string, address: string): Promise<RegistryCredentials | undefined> {
  const program = `docker-credential-${name}`;
  return new Promise((resolve, reject) => {
    const child = execFile(program, ["get"], { timeout: patience }, (error, stdout) => {
      if (error) {
        // Every helper says so, and ends with 1.
        if (/credentials not found/i.test(stdout)) return resolve(undefined);
        const why =
          error.code === "ENOENT" ? "the program is not there" : stdout.trim().split("\n")[0] || "it failed";
        return reject(otherFailure(`${program}: ${why}.`));
      }
      try {
        resolve(helperAnswer(JSON.parse(stdout)));
      } catch {
        reject(otherFailure(`${program} answered something that is no JSON.`));
      }
    });
    child.stdin?.on("error", () => {});
    child.stdin?.end(address);
  });
}

function helperAnswer(answer: { Username?: unknown; Secret?: unknown }): RegistryCredentials | undefined {
  const { Username: username, Secret: password } = answer;
  if (typeof username !== "string" || typeof password !== "string") return undefined;
  if (username === "" && password === "") return undefined;
  return username === "<token>" ? { identityToken: password } : { username, password };
}
