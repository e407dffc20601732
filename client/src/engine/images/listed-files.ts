import { randomUUID } from "node:crypto";
import { listingFormat, readListing } from "../../sizes/layers/file-listing.ts";
import type { LayerEntry } from "../../sizes/layers/layer.ts";
import { DEFAULT_PATH } from "../../sizes/leftovers/started-program.ts";
import { type Connection, call, open } from "../connection.ts";
import { outputFrames } from "../containers/logs.ts";
import { withContainerToRead } from "../containers/silent-container.ts";
import { EngineError, type ImageDetails, type ImageSummary } from "../engine.ts";
import { throwIfAborted } from "../failures.ts";
import { atLeast, readInfo } from "../info.ts";
import { listImages } from "./images.ts";

export interface ListFilesOptions {
  /** Images that the user built here, by id: they may lend their `find` and `stat` too. */
  readonly own?: readonly string[];
  readonly signal?: AbortSignal;
}

/** What a container of an image sees, path by path; contents are not read, so no entry has a hash. */
export type ListedFiles = readonly LayerEntry[];

/**
 * Repositories of Docker's official images whose newest tags have `find` and `stat`, those first that start soonest
 * (docker-library/official-images, read 2026-11). Others than these and the user's own are not started: nobody has said that
 * their programs may run.
 */
const official = [
  ...["busybox", "alpine", "debian", "ubuntu", "redis", "nginx", "postgres", "node", "python", "golang"],
  ...["rust", "ruby", "php", "httpd", "mariadb", "traefik", "eclipse-temurin", "maven", "gradle"],
];

/** Of those that have no such programs one learns only when they are started. */
const mostTries = 3;
/** Reading layers is offered then. ms and bytes. */
const patience = 20_000;
const longestListing = 256 * 1024 * 1024;

/** The image that could do it last. */
const helpers = new WeakMap<Connection, string>();

/**
 * Lists the files of images without reading them: a container of another image that is here already has them mounted and runs
 * `find`, with no network, no rights but to read, and nothing that it could write to. Some 2 s for a gigabyte in 40,000 files,
 * several on a busy machine (28.5.2, both stores). Undefined where the engine cannot mount images (before API 1.48; Podman), or
 * no image is here that could do it: nothing is pulled for it. Throws EngineError when it is cancelled or the engine is gone.
 */
export async function listFiles(
  connection: Connection,
  images: readonly Pick<ImageDetails, "id">[],
  { own = [], signal }: ListFilesOptions,
): Promise<readonly ListedFiles[] | undefined> {
  const limit = AbortSignal.timeout(patience);
  const what = { images: images.map((it) => it.id), limit, signal };
  const known = helpers.get(connection);
  // What worked before needs no questions; that image may be gone by now.
  const again = known === undefined ? undefined : await tried(connection, known, what);
  if (again || images.length === 0) return again ?? [];
  const [{ name, apiVersion }, here] = await Promise.all([
    readInfo(connection, signal),
    listImages(connection, signal),
  ]);
  if (name !== "docker" || !atLeast(apiVersion, 1, 48)) return undefined;
  for (const helper of helpersAmong(here, own)) {
    const listed = limit.aborted ? undefined : await tried(connection, helper, what);
    if (!listed) continue;
    helpers.set(connection, helper);
    return listed;
  }
  return undefined;
}

interface Listing {
  readonly images: readonly string[];
  /** When it has taken too long, and when the user has enough of it. */
  readonly limit: AbortSignal;
  readonly signal: AbortSignal | undefined;
}

/** Undefined where it does not work with that image. */
async function tried(
  connection: Connection,
  helper: string,
  what: Listing,
): Promise<readonly ListedFiles[] | undefined> {
  throwIfAborted(what.signal);
  try {
    return await listThrough(connection, helper, what);
  } catch (error) {
    throwIfAborted(what.signal);
    // That engine is gone; of any other refusal the next image may know nothing.
    if (error instanceof EngineError && error.failure.kind === "unreachable") throw error;
    return undefined;
  }
}

function helpersAmong(here: readonly ImageSummary[], own: readonly string[]): readonly string[] {
  const found = official.flatMap(
    (repository) => here.find(({ tags }) => tags.some((it) => it.startsWith(`${repository}:`)))?.id ?? [],
  );
  const built = own.filter((id) => here.some((it) => it.id === id));
  return [...new Set([...found, ...built])].slice(0, mostTries);
}

async function listThrough(
  connection: Connection,
  helper: string,
  { images, limit, signal }: Listing,
): Promise<readonly ListedFiles[] | undefined> {
  // Nobody who made a name in an image could know it.
  const mark = randomUUID();
  const roots = images.map((_, index) => `/plimsoll-${index}`);
  const body = {
    Image: helper,
    User: "0:0",
    Entrypoint: ["find"],
    Cmd: [...roots, "-exec", "stat", "-c", listingFormat(mark), "{}", "+"],
    // Names as they are, quoted by nobody.
    Env: ["LC_ALL=C", "QUOTING_STYLE=literal", `PATH=${DEFAULT_PATH}`],
    WorkingDir: "/",
    Healthcheck: { Test: ["NONE"] },
    NetworkDisabled: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      NetworkMode: "none",
      ReadonlyRootfs: true,
      CapDrop: ["ALL"],
      // Directories that only their owner may read.
      CapAdd: ["DAC_READ_SEARCH"],
      SecurityOpt: ["no-new-privileges"],
      PidsLimit: 16,
      LogConfig: { Type: "none" },
      Mounts: images.map((Source, at) => ({ Type: "image", Source, Target: roots[at], ReadOnly: true })),
    },
  };
  const either = signal ? AbortSignal.any([signal, limit]) : limit;
  const output = await withContainerToRead(connection, "listing files", body, signal, (container) =>
    outputOf(connection, container, either),
  );
  return output && readListing(output, mark, roots);
}

/** What it prints; undefined when it complains, or does not end well. */
async function outputOf(
  connection: Connection,
  container: string,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  const attached = await open(
    connection,
    {
      method: "POST",
      path: `/containers/${container}/attach`,
      query: { stream: "true", stdout: "true", stderr: "true" },
    },
    signal,
  );
  try {
    await call(connection, { method: "POST", path: `/containers/${container}/start` }, signal);
    const pieces: Buffer[] = [];
    let left = longestListing;
    for await (const { stream, bytes } of outputFrames(attached)) {
      left -= bytes.length;
      if (stream === "stderr" || left < 0) return undefined;
      pieces.push(Buffer.from(bytes));
    }
    const ended = (await call(
      connection,
      { method: "POST", path: `/containers/${container}/wait` },
      signal,
    )) as { readonly StatusCode?: number };
    return ended.StatusCode === 0 ? Buffer.concat(pieces) : undefined;
  } finally {
    attached.destroy();
  }
}
