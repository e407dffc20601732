import { clean, digestIn, looksLikeTar, Sniffer } from "./archive-blobs.ts";
import type { ArchiveOptions } from "./image-archive.ts";
import type { Layer } from "./layer.ts";
import { type Compression, compressionOf, type LayerBlob, layerBlob } from "./layer-blob.ts";
import { type TarEntry, TarError, type TarSink } from "./tar/tar-entry.ts";
import { TarReader } from "./tar/tar-reader.ts";

/** Something stored in the archive, by its name. */
export interface Stored {
  readonly path: string;
  readonly compression: Compression;
  /** Bytes in the archive. */
  readonly size: number;
  readonly text: string | undefined;
  readonly blob: LayerBlob | undefined;
}

/** Configurations and manifests are smaller, also those of images with thousands of labels. */
const LONGEST_TEXT = 16 * 1024 * 1024;

/** How what is stored is read. */
type Reading = Pick<ArchiveOptions, "hashes" | "known" | "transfer">;

/** Reads an archive as it comes; `problem` says why not to its end. Throws the errors of `source`. */
export async function contentsOf(source: AsyncIterable<Uint8Array>, options: Reading) {
  const stored = new Map<string, Stored>();
  const links = new Map<string, string>();
  const reader = new TarReader((entry) => take(entry, stored, links, options));
  let problem: string | undefined;
  try {
    for await (const part of source) await reader.write(part);
    await reader.end();
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    problem = `The image's archive cannot be read to its end: ${error.message}.`;
  }
  return { contents: new Contents(stored, links), problem };
}

/** Something of an image that comes by itself. */
export interface StoredBlob {
  /** As an OCI layout names it: `blobs/sha256/…`. */
  readonly path: string;
  readonly size: number;
  /** Of a layer: its digest unpacked. */
  readonly diffId?: string;
  /** Asked for nothing where the layer is known. */
  readonly parts: AsyncIterable<Uint8Array>;
}

/** Throws the errors of what comes. */
export async function contentsOfBlobs(blobs: AsyncIterable<StoredBlob>, options: Reading): Promise<Contents> {
  const stored = new Map<string, Stored>();
  for await (const { path, size, diffId, parts } of blobs) {
    const sink = takeFile(path, size, stored, options, diffId);
    if (sink) for await (const part of parts) await sink.write(part);
    await sink?.end();
  }
  return new Contents(stored, new Map());
}

function take(
  { name, kind, storedSize, linkName }: TarEntry,
  stored: Map<string, Stored>,
  links: Map<string, string>,
  options: Reading,
): TarSink | undefined {
  const path = clean(name);
  if (kind === "symlink") links.set(path, clean(`${folderOf(path)}/${linkName}`));
  if (kind === "hard-link") links.set(path, clean(linkName));
  return kind === "file" && storedSize > 0 ? takeFile(path, storedSize, stored, options) : undefined;
}

/** `diffId`: see `StoredBlob`. Undefined where nobody wants its content. */
function takeFile(
  path: string,
  storedSize: number,
  stored: Map<string, Stored>,
  options: Reading,
  diffId?: string,
): TarSink | undefined {
  const digest = digestIn(path);
  const name = diffId ?? digest;
  const known = name === undefined ? undefined : options.known?.(name);
  if (known) {
    const compression = known.diffId === digest ? "none" : "gzip";
    stored.set(path, { path, compression, size: storedSize, text: undefined, blob: undefined });
    return undefined;
  }
  return new Sniffer(storedSize, (start) => {
    const compression = compressionOf(start);
    const isText = compression === "none" && (start[0] === 0x7b || start[0] === 0x5b);
    if (isText && storedSize <= LONGEST_TEXT)
      return textSink(
        (text) => void stored.set(path, { path, compression, size: storedSize, text, blob: undefined }),
      );
    if (compression === "none" && !looksLikeTar(start)) return undefined;
    const blob = layerBlob(compression, diffId ?? (compression === "none" ? digest : undefined), options);
    stored.set(path, { path, compression, size: storedSize, text: undefined, blob });
    return blob;
  });
}

function textSink(done: (text: string) => void): TarSink {
  const parts: Uint8Array[] = [];
  return {
    // Parts are of a buffer that the source may use again.
    write: (part) => void parts.push(Uint8Array.from(part)),
    end: () => void done(Buffer.concat(parts).toString("utf8")),
  };
}

/** What was stored under a name, links of older engines followed. */
export class Contents {
  readonly #stored: ReadonlyMap<string, Stored>;
  readonly #links: ReadonlyMap<string, string>;
  readonly #layers = new Map<Stored, Layer | Error>();
  #byDiffId: ReadonlyMap<string, Stored> | undefined;

  constructor(stored: ReadonlyMap<string, Stored>, links: ReadonlyMap<string, string>) {
    this.#stored = stored;
    this.#links = links;
  }

  at(name: string): Stored | undefined {
    let path = clean(name);
    for (let hops = 0; hops < 8; hops++) {
      const found = this.#stored.get(path);
      const link = this.#links.get(path);
      if (found || link === undefined) return found;
      path = link;
    }
    return undefined;
  }

  json(name: string): unknown {
    return parsed(this.at(name)?.text);
  }

  /** Those in which a text occurs. */
  documents(text: string): readonly unknown[] {
    return [...this.#stored.values()].flatMap((it) => (it.text?.includes(text) ? [parsed(it.text)] : []));
  }

  /** The layer that something stored is, or why it is none. */
  layerOf(stored: Stored): Layer | Error {
    let layer = this.#layers.get(stored);
    if (!layer) {
      try {
        layer = stored.blob?.done() ?? new Error("it is no layer");
      } catch (error) {
        layer = error instanceof Error ? error : new Error(String(error));
      }
      this.#layers.set(stored, layer);
    }
    return layer;
  }

  byDiffId(): ReadonlyMap<string, Stored> {
    if (this.#byDiffId) return this.#byDiffId;
    const found = new Map<string, Stored>();
    for (const stored of this.#stored.values()) {
      const layer = stored.blob && this.layerOf(stored);
      if (layer && !(layer instanceof Error)) found.set(layer.diffId, stored);
    }
    this.#byDiffId = found;
    return found;
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}
