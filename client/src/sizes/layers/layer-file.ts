import { createHash } from "node:crypto";
import { clean, digestIn, looksLikeTar, Sniffer } from "./archive-blobs.ts";
import { type Blob, type BlobReader, compressionOf, unpackedBlob } from "./layer-blob.ts";
import { type TarEntry, TarError, type TarSink } from "./tar/tar-entry.ts";
import { TarReader } from "./tar/tar-reader.ts";

/** A file as far as it was asked for. */
export interface FileStart {
  /** From its first byte on; shorter than the file where that is larger than what was asked for. */
  readonly bytes: Uint8Array;
  /** Bytes of the whole file. */
  readonly size: number;
}

/** What stands at a path of an archive: its content, or that it is none of a file's. */
export type FoundFile =
  | { readonly is: "file"; readonly start: FileStart }
  /** `sparse`: stored with holes, whose places are not kept. */
  | { readonly is: "link" | "directory" | "sparse" | "other"; readonly target: string };

export interface WantedFile {
  /** Of the layer that stores it, unpacked. */
  readonly diffId: string;
  /** Absolute. */
  readonly path: string;
  /** Most bytes that are kept. */
  readonly limit: number;
}

/**
 * Finds one file in the archive of an image as engines save it, and reads no further than needed. Undefined when the layer
 * does not store it. Throws TarError for what is no archive, and the errors of `source`.
 */
export async function fileOfLayer(
  source: AsyncIterable<Uint8Array>,
  wanted: WantedFile,
): Promise<FoundFile | undefined> {
  const blobs: Blob<Catch>[] = [];
  let found: FoundFile | undefined;
  const reader = new TarReader(({ name, kind, storedSize }: TarEntry) => {
    if (kind !== "file" || storedSize === 0) return undefined;
    const digest = digestIn(clean(name));
    return new Sniffer(storedSize, (start) => {
      const compression = compressionOf(start);
      if (compression === "none" && !looksLikeTar(start)) return undefined;
      // An unpacked layer is named by its own digest; of others that has to be computed.
      const diffId = compression === "none" ? digest : undefined;
      if (diffId !== undefined && diffId !== wanted.diffId) return undefined;
      const catcher = new FileCatcher(wanted, diffId, (it) => {
        found = it;
      });
      const blob = unpackedBlob(compression, catcher);
      blobs.push(blob);
      return blob;
    });
  });
  for await (const part of source) {
    await reader.write(part);
    if (found) return found;
  }
  await reader.end();
  for (const blob of blobs) {
    const { diffId, file } = caught(blob);
    if (diffId === wanted.diffId && file) return file;
  }
  return undefined;
}

interface Catch {
  readonly diffId: string | undefined;
  readonly file: FoundFile | undefined;
}

/** A damaged layer is none that is looked for: its digest would not be right. */
function caught(blob: Blob<Catch>): Catch {
  try {
    return blob.done();
  } catch {
    return { diffId: undefined, file: undefined };
  }
}

/** Reads a layer's archive and keeps one file of it. */
class FileCatcher implements BlobReader<Catch> {
  readonly #reader: TarReader;
  readonly #diffId: string | undefined;
  readonly #digest = createHash("sha256");
  #file: FoundFile | undefined;

  /** `onSure` is told at once where the layer is known to be the right one. */
  constructor(wanted: WantedFile, diffId: string | undefined, onSure: (found: FoundFile) => void) {
    this.#diffId = diffId;
    const keep = (found: FoundFile) => {
      this.#file = found;
      if (diffId !== undefined) onSure(found);
    };
    const path = clean(wanted.path);
    this.#reader = new TarReader((entry) =>
      clean(entry.name) === path ? take(entry, wanted.limit, keep) : undefined,
    );
  }

  write(part: Uint8Array): void | Promise<void> {
    if (this.#diffId === undefined) this.#digest.update(part);
    return this.#reader.write(part);
  }

  end(): Catch {
    void this.#reader.end();
    return { diffId: this.#diffId ?? `sha256:${this.#digest.digest("hex")}`, file: this.#file };
  }
}

/** What to do with the entry that is looked for. */
function take(
  { kind, size, storedSize, linkName }: TarEntry,
  limit: number,
  keep: (found: FoundFile) => void,
): TarSink | undefined {
  if (kind !== "file") {
    const is = kind === "symlink" || kind === "hard-link" ? "link" : kind === "directory" ? kind : "other";
    keep({ is, target: linkName });
    return undefined;
  }
  if (size !== storedSize) {
    keep({ is: "sparse", target: "" });
    return undefined;
  }
  if (size === 0) {
    keep({ is: "file", start: { bytes: new Uint8Array(0), size: 0 } });
    return undefined;
  }
  const parts: Uint8Array[] = [];
  let left = Math.min(limit, size);
  return {
    write(part) {
      if (left === 0) return;
      // Parts are of a buffer that the source may use again.
      parts.push(Uint8Array.from(part.subarray(0, left)));
      left -= Math.min(left, part.length);
      if (left === 0) keep({ is: "file", start: { bytes: Buffer.concat(parts), size } });
    },
    end: () => undefined,
  };
}

/** Of the archive of a single path, as `GET /containers/…/archive` gives it: its first entry. Undefined when it is empty. */
export async function firstFile(
  source: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<FoundFile | undefined> {
  let found: FoundFile | undefined;
  let seen = false;
  const reader = new TarReader((entry) => {
    if (seen) return undefined;
    seen = true;
    return take(entry, limit, (it) => {
      found = it;
    });
  });
  for await (const part of source) {
    await reader.write(part);
    if (found) return found;
  }
  if (!seen) throw new TarError("it is empty");
  return found;
}
