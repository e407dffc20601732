import { existsSync, readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { homedir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import {
  type AddressSearch,
  type EngineAddress,
  type FileLook,
  resolveAddress,
  type Surroundings,
  socketPath,
} from "./address.ts";
import { build } from "./build.ts";
import { ask, type Connection, open } from "./connection.ts";
import { engineContainers } from "./containers.ts";
import { type Engine, EngineError } from "./engine.ts";
import { events } from "./events.ts";
import { other, throwIfAborted, unreachable } from "./failures.ts";
import { type ImageLimits, readImage } from "./image-facts.ts";
import { listImages } from "./images.ts";
import { readInfo } from "./info.ts";
import { inspectImage } from "./inspect.ts";
import { run } from "./run.ts";
import { engineStore } from "./store.ts";

export interface ConnectOptions {
  /** Instead of searching: `unix:///var/run/docker.sock`, `tcp://host:2375`. */
  readonly address?: string;
  /** What is not given is taken from this process. */
  readonly around?: Partial<Surroundings>;
  /** How much of an image may be read; by the address when not given. */
  readonly imageLimits?: ImageLimits;
  readonly signal?: AbortSignal;
}

/** Long enough for a remote host, short enough for a person who waits. */
const answerTime = 10_000;

/**
 * Finds an engine and makes sure that it answers. Of several known sockets the first that answers is taken.
 * Throws `unreachable` with a sentence that says what to do.
 */
export async function connect(options: ConnectOptions = {}): Promise<Engine> {
  const around = surroundings(options.around);
  const search: AddressSearch = options.address
    ? resolveAddress(
        { ...around, environment: { ...around.environment, DOCKER_HOST: options.address } },
        disk,
      )
    : resolveAddress(around, disk);
  if (search.problem) throw other(search.problem);
  if (search.candidates.length === 0) throw nothingFound(search);

  let first: unknown;
  for (const candidate of search.candidates) {
    throwIfAborted(options.signal);
    try {
      const connection = connectionTo(candidate);
      await ping(connection, options.signal);
      return engineAt(connection, options.address ? "chosen" : candidate.from, options.imageLimits);
    } catch (error) {
      if (error instanceof EngineError && error.failure.kind === "cancelled") throw error;
      first ??= error;
    }
  }
  throw first;
}

function engineAt(connection: Connection, from: string, imageLimits: ImageLimits | undefined): Engine {
  return {
    address: connection.address,
    addressFrom: from,
    info: (signal) => readInfo(connection, signal),
    build: (request, signal) => build(connection, request, signal),
    images: (signal) => listImages(connection, signal),
    inspectImage: (reference, signal) => inspectImage(connection, reference, signal),
    readImage: (reference, signal) => readImage(connection, reference, signal, imageLimits),
    run: (request, signal) => run(connection, request, signal),
    containers: engineContainers(connection),
    store: engineStore(connection),
    events: (filter, signal) => events(connection, filter, signal),
  };
}

function connectionTo({ url, tls }: EngineAddress): Connection {
  const socket = socketPath(url);
  if (socket)
    return { address: url, docker: dockerAt({ socketPath: socket, protocol: "http", agent: agent() }) };

  let at: URL;
  try {
    at = new URL(url);
  } catch {
    throw noAddress(url);
  }
  if (at.protocol === "ssh:")
    throw other(
      `Plimsoll cannot reach engines over SSH yet (${url}). Forward the socket (“ssh -L /tmp/docker.sock:/var/run/docker.sock ${at.host}”) and set DOCKER_HOST=unix:///tmp/docker.sock.`,
    );
  if (at.protocol === "tcp:" && at.hostname === "") throw noAddress(url);
  if (at.protocol !== "tcp:")
    throw other(`Plimsoll cannot reach ${url}: “${at.protocol}//” is none of unix, npipe and tcp.`);
  return {
    address: url,
    docker: dockerAt({
      host: at.hostname.replace(/^\[|\]$/g, ""),
      port: at.port || (tls ? "2376" : "2375"),
      protocol: tls ? "https" : "http",
      agent: tls
        ? new HttpsAgent({ keepAlive: false, ...certificates(tls.folder), rejectUnauthorized: tls.verify })
        : agent(),
    }),
  };
}

/** A connection for each request: one kept alive would fail the first question after the engine was restarted. */
function agent(): HttpAgent {
  return new HttpAgent({ keepAlive: false });
}

function dockerAt(options: Docker.DockerOptions & { readonly agent: HttpAgent }): Docker {
  // docker-modem fills what is absent from DOCKER_HOST and DOCKER_CERT_PATH, where a host beats a socket
  // (5.0.7, lib/modem.js), so every field that the environment could set is set here.
  const complete: Docker.DockerOptions & { agent: HttpAgent; pathPrefix: string } = {
    socketPath: undefined,
    host: undefined,
    port: undefined,
    username: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
    timeout: undefined,
    pathPrefix: "/",
    ...options,
  };
  try {
    return new Docker(complete);
  } catch (error) {
    throw other(`The Docker settings in the environment cannot be used: ${(error as Error).message}`);
  }
}

function certificates(folder: string): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  const pem = (name: string): Buffer | undefined => {
    const file = join(folder, name);
    try {
      return existsSync(file) ? readFileSync(file) : undefined;
    } catch (error) {
      throw other(`The certificate ${file} cannot be read: ${(error as Error).message}`);
    }
  };
  const [ca, cert, key] = [pem("ca.pem"), pem("cert.pem"), pem("key.pem")];
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

async function ping(connection: Connection, signal: AbortSignal | undefined): Promise<void> {
  const limit = AbortSignal.timeout(answerTime);
  const either = signal ? AbortSignal.any([signal, limit]) : limit;
  try {
    const answer = await ask(connection, "connecting", either, () =>
      open(connection, { method: "GET", path: "/_ping" }, either),
    );
    answer.destroy();
  } catch (error) {
    if (limit.aborted && !signal?.aborted)
      throw unreachable("ETIMEDOUT", connection.address, "connecting", `no answer in ${answerTime / 1000} s`);
    if (error instanceof EngineError && ["unreachable", "cancelled"].includes(error.failure.kind))
      throw error;
    const said = error instanceof Error ? error.message : String(error);
    throw other(`Something answers at ${connection.address}, but it is no Docker Engine: ${said}`);
  }
}

function noAddress(url: string): EngineError {
  return other(
    `“${url}” is no address of an engine. DOCKER_HOST looks like unix:///var/run/docker.sock or tcp://host:2375.`,
  );
}

function nothingFound({ looked }: AddressSearch): EngineError {
  return new EngineError(
    {
      kind: "unreachable",
      address: looked[0] ?? "",
      cause: "no-socket",
      detail: `Looked at ${looked.join(", ")}`,
    },
    "No Docker Engine was found: none of the usual sockets exists. Install or start Docker (or Podman's socket), or set DOCKER_HOST to where the engine listens.",
  );
}

function surroundings(given: Partial<Surroundings> = {}): Surroundings {
  return {
    environment: process.env,
    platform: process.platform,
    home: homedir(),
    userId: process.getuid?.(),
    ...given,
  };
}

const disk: FileLook = {
  exists: existsSync,
  read: (path) => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
  },
};
