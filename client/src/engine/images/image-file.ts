import { type FileStart, type FoundFile, fileOfLayer, firstFile } from "../../sizes/layers/layer-file.ts";
import { type Connection, open } from "../connection.ts";
import { withSilentContainer } from "../containers/silent-container.ts";
import { EngineError, type ImageDetails } from "../engine.ts";
import { otherFailure, throwIfAborted, toEngineError } from "../failures.ts";
import { counted } from "./image-layers.ts";

/** Where a file is. */
export interface FilePlace {
  /** Absolute. */
  readonly path: string;
  /** The layer that stores it, where what the image shows in the end is not what is meant: its digest unpacked. */
  readonly layer?: string;
}

export interface ReadFileOptions {
  /** Most bytes that are read of it. */
  readonly limit: number;
  readonly signal?: AbortSignal;
  /** Bytes that have come so far; told where the whole image has to be looked through. */
  readonly onProgress?: (bytes: number) => void;
}

/** A link may lead to a link. The engine itself follows those in the middle of a path. */
const mostLinks = 16;

/**
 * Reads one file of an image. What a container would see comes through a container that is never started, in some 0.1 s; what
 * another layer hides is looked for in the image as the engine saves it, which takes as long as that takes. Throws EngineError:
 * `not-found` where there is no such file, `other` where it is none that can be shown.
 */
export async function readImageFile(
  connection: Connection,
  image: Pick<ImageDetails, "id" | "config">,
  { path, layer }: FilePlace,
  options: ReadFileOptions,
): Promise<FileStart> {
  throwIfAborted(options.signal);
  try {
    return layer === undefined
      ? await withSilentContainer(connection, image.id, image.config.volumes, options.signal, (container) =>
          fileInContainer(connection, container, path, options),
        )
      : await fileInLayer(connection, image.id, path, layer, options);
  } catch (error) {
    throw toEngineError(error, connection.address, `reading ${path}`, options.signal);
  }
}

async function fileInContainer(
  connection: Connection,
  container: string,
  path: string,
  { limit, signal }: ReadFileOptions,
): Promise<FileStart> {
  let at = path;
  for (let links = 0; links < mostLinks; links++) {
    const query = { path: at };
    const answer = await open(
      connection,
      { method: "GET", path: `/containers/${container}/archive`, query },
      signal,
    ).catch((error: { readonly statusCode?: number; readonly message?: string }) => {
      // A link to itself (28.5.2).
      if (/too many links/i.test(error.message ?? "")) throw leadsNowhere(path);
      if (error.statusCode !== 404) throw error;
      // The engine would name the container, which nobody knows.
      throw links === 0 ? notThere(path, `${path} is not in the image.`) : leadsNowhere(path);
    });
    try {
      const found = await firstFile(answer, limit);
      if (found?.is !== "link") return startOf(found, path);
      at = leadsTo(at, found.target);
    } finally {
      answer.destroy();
    }
  }
  throw leadsNowhere(path);
}

function leadsNowhere(path: string): EngineError {
  return notThere(path, `${path} is a link that leads nowhere.`);
}

function notThere(path: string, message: string): EngineError {
  return new EngineError({ kind: "not-found", what: path }, message);
}

async function fileInLayer(
  connection: Connection,
  image: string,
  path: string,
  diffId: string,
  { limit, signal, onProgress }: ReadFileOptions,
): Promise<FileStart> {
  const answer = await open(connection, { method: "GET", path: `/images/${image}/get` }, signal);
  try {
    return startOf(await fileOfLayer(counted(answer, onProgress), { diffId, path, limit }), path);
  } finally {
    answer.destroy();
  }
}

function startOf(found: FoundFile | undefined, path: string): FileStart {
  switch (found?.is) {
    case "file":
      return found.start;
    case undefined:
      throw notThere(path, `${path} is not in that layer.`);
    case "link":
      throw otherFailure(`${path} is a link to ${found.target}; open that file instead.`);
    case "directory":
      throw otherFailure(`${path} is a directory.`);
    case "sparse":
      throw otherFailure(`${path} is stored with holes in it, and cannot be shown.`);
    case "other":
      throw otherFailure(`${path} is a device or a pipe, and has no content.`);
  }
}

/** `/usr/bin/sh` with `../lib/x` → `/usr/lib/x`. */
function leadsTo(from: string, target: string): string {
  const parts = target.startsWith("/") ? [] : from.split("/").slice(1, -1);
  for (const part of target.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
