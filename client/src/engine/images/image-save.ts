import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { type Connection, open } from "../connection.ts";
import { otherFailure, throwIfAborted, toEngineError } from "../failures.ts";
import { reason } from "../local-files.ts";
import { counted } from "./image-layers.ts";

/**
 * Writes an image to a new file of this machine, as `docker save` does, which only its owner may read. `onProgress` is told the bytes so far.
 * Throws EngineError; what is written of the file then is the caller's to remove.
 */
export async function saveImage(
  connection: Connection,
  reference: string,
  file: string,
  signal: AbortSignal | undefined,
  onProgress?: (bytes: number) => void,
): Promise<void> {
  throwIfAborted(signal);
  try {
    const path = `/images/${encodeURIComponent(reference)}/get`;
    const answer = await open(connection, { method: "GET", path }, signal);
    await pipeline(counted(answer, onProgress), createWriteStream(file, { mode: 0o600, flags: "wx" }), {
      ...(signal && { signal }),
    });
  } catch (error) {
    const { path } = error as NodeJS.ErrnoException;
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (path === file || code === "ENOSPC")
      throw otherFailure(`The image could not be written to ${file}: ${reason(error)}.`);
    throw toEngineError(error, connection.address, `fetching ${reference}`, signal);
  }
}
