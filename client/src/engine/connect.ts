import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { finished } from "node:stream/promises";
import { build } from "./build/build.ts";
import { listBuilders } from "./buildx/buildx.ts";
import { ask, type Connection, open } from "./connection.ts";
import { composeReader } from "./containers/compose-state.ts";
import { engineContainers } from "./containers/containers.ts";
import { run } from "./containers/run.ts";
import { type Engine, EngineError, type EngineInfo } from "./engine.ts";
import { events } from "./events.ts";
import { otherFailure, throwIfAborted, unreachable } from "./failures.ts";
import { type ImageLimits, readImage } from "./images/image-facts.ts";
import { readImageFile } from "./images/image-file.ts";
import { readImageLayers } from "./images/image-layers.ts";
import { saveImage } from "./images/image-save.ts";
import { listImages } from "./images/images.ts";
import { inspectImage } from "./images/inspect.ts";
import { listFiles } from "./images/listed-files.ts";
import { engineStore } from "./images/store.ts";
import { readInfo } from "./info.ts";
import { engineRegistries } from "./registry/registries.ts";
import {
  type AddressSearch,
  type EngineAddress,
  type FileLook,
  resolveAddress,
  resolveContext,
  type Surroundings,
} from "./transport/address.ts";
import { type EngineChoice, engineChoices } from "./transport/choices.ts";
import { withForwardedPorts } from "./transport/ssh-tunnel.ts";
import { connectionTo } from "./transport/transport.ts";

export interface ConnectOptions {
  /** Instead of searching: `unix:///var/run/docker.sock`, `tcp://host:2375`, `ssh://user@host`. */
  readonly address?: string;
  /** Who named `address`, for the reader. */
  readonly addressFrom?: string;
  /** Instead of searching: a Docker context by its name. */
  readonly context?: string;
  /** What is not given is taken from this process. */
  readonly around?: Partial<Surroundings>;
  /** How much of an image may be read; by the address when not given. */
  readonly imageLimits?: ImageLimits;
  readonly signal?: AbortSignal;
}

/** Long enough for a remote host, short enough for a person who waits; over SSH it is ssh that gives up first. In ms. */
const answerTime = 10_000;
const answerTimeOverSsh = 30_000;

/**
 * Finds an engine and makes sure that it answers. Of several known sockets the first that answers is taken.
 * Throws `unreachable` with a sentence that says what to do.
 */
export async function connect(options: ConnectOptions = {}): Promise<Engine> {
  const search = searchFor(options);
  if (search.problem) throw otherFailure(search.problem);
  if (search.candidates.length === 0) throw nothingFound(search);

  let first: unknown;
  for (const candidate of search.candidates) {
    throwIfAborted(options.signal);
    try {
      const connection = await reach(candidate, options.signal);
      const from = options.address ? (options.addressFrom ?? "chosen") : candidate.from;
      return engineAt(connection, from, options.imageLimits);
    } catch (error) {
      if (error instanceof EngineError && error.failure.kind === "cancelled") throw error;
      first ??= error;
    }
  }
  throw first;
}

/** The engines that can be chosen on this machine, none of them asked yet. `setting` is the address that the user's settings name. */
export function choicesHere(
  setting: string | undefined,
  around?: Partial<Surroundings>,
): readonly EngineChoice[] {
  return engineChoices(surroundings(around), disk, setting);
}

/** What answers at an address. Throws EngineError when nothing does, or something else. */
export async function askEngine(address: EngineAddress, signal?: AbortSignal): Promise<EngineInfo> {
  return readInfo(await reach(address, signal), signal);
}

function searchFor({ address, context, around: given }: ConnectOptions): AddressSearch {
  const around = surroundings(given);
  if (context !== undefined) return resolveContext(context, around, disk);
  if (!address) return resolveAddress(around, disk);
  return resolveAddress({ ...around, environment: { ...around.environment, DOCKER_HOST: address } }, disk);
}

/** A connection at whose end an engine answers. */
async function reach(candidate: EngineAddress, signal: AbortSignal | undefined): Promise<Connection> {
  const connection = connectionTo(candidate);
  try {
    await ping(connection, signal);
    return connection;
  } catch (error) {
    const failure = error instanceof EngineError ? error.failure : undefined;
    if (failure?.kind !== "unreachable" || failure.cause !== "no-docker") throw error;
    // A host with Podman alone has the same program under another name.
    const second = connectionTo(candidate, "podman");
    await ping(second, signal).catch((second: unknown) => {
      const why = second instanceof EngineError ? second.failure : undefined;
      throw why?.kind === "unreachable" && why.cause === "no-docker" ? error : second;
    });
    return second;
  }
}

function engineAt(connection: Connection, from: string, imageLimits: ImageLimits | undefined): Engine {
  return {
    address: connection.address,
    addressFrom: from,
    info: (signal) => readInfo(connection, signal),
    build: (request, signal) => build(connection, request, signal),
    builders: (signal) => listBuilders(connection.address, signal),
    images: (signal) => listImages(connection, signal),
    inspectImage: (reference, signal) => inspectImage(connection, reference, signal),
    readImage: (reference, signal, layers) => readImage(connection, reference, signal, layers, imageLimits),
    readFile: (image, place, options) => readImageFile(connection, image, place, options),
    readLayers: async (image, options) => {
      const [archive] = await readImageLayers(connection, [image], options);
      return archive ?? { layers: [], history: undefined, problem: undefined };
    },
    readLayersOf: (images, options) => readImageLayers(connection, images, options),
    listFiles: (images, options) => listFiles(connection, images, options),
    saveImage: (reference, file, signal, onProgress) =>
      saveImage(connection, reference, file, signal, onProgress),
    run: async (request, signal) => {
      const container = await run(connection, request, signal);
      return connection.address.startsWith("ssh:") ? withForwardedPorts(connection, container) : container;
    },
    compose: composeReader(connection),
    containers: engineContainers(connection),
    store: engineStore(connection),
    registries: engineRegistries(connection),
    events: (filter, signal) => events(connection, filter, signal),
  };
}

async function ping(connection: Connection, signal: AbortSignal | undefined): Promise<void> {
  const patience = connection.address.startsWith("ssh:") ? answerTimeOverSsh : answerTime;
  const limit = AbortSignal.timeout(patience);
  const either = signal ? AbortSignal.any([signal, limit]) : limit;
  try {
    await ask(connection, "connecting", either, async () => {
      const answer = await open(connection, { method: "GET", path: "/_ping" }, either);
      // To its end: over SSH the connection is used again.
      await finished(answer.resume());
    });
  } catch (error) {
    if (limit.aborted && !signal?.aborted)
      throw unreachable("ETIMEDOUT", connection.address, "connecting", `no answer in ${patience / 1000} s`);
    if (error instanceof EngineError && ["unreachable", "cancelled"].includes(error.failure.kind))
      throw error;
    const said = error instanceof Error ? error.message : String(error);
    // What Go's servers say on a port of TLS.
    if (/HTTP request to an HTTPS server/i.test(said))
      throw otherFailure(
        `${connection.address} takes TLS only. Use a Docker context with certificates, or set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH.`,
      );
    throw otherFailure(`Something answers at ${connection.address}, but it is no Docker Engine: ${said}`);
  }
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
  list: (path) => {
    try {
      return readdirSync(path);
    } catch {
      return [];
    }
  },
};
