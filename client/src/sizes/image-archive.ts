import type { Layer } from "./layer.ts";
import { type Compression, compressionOf, type LayerBlob, layerBlob } from "./layer-blob.ts";
import { type SourceLines, sourcesOfLayers } from "./provenance.ts";
import { type TarEntry, TarError, type TarSink } from "./tar/tar-entry.ts";
import { TarReader } from "./tar/tar-reader.ts";

/** One layer of an image, as far as it could be read. */
export interface ArchivedLayer {
  readonly diffId: string;
  /** Undefined where something is wrong with it. */
  readonly layer: Layer | undefined;
  /** What, as a sentence for the user. */
  readonly problem: string | undefined;
  /** Bytes as stored in the archive where it is compressed: what a pull transfers. */
  readonly compressedSize: number | undefined;
}

export interface ImageArchive {
  /** Oldest first. */
  readonly layers: readonly ArchivedLayer[];
  /** As the image's configuration has it, oldest first; undefined where that was not in what was read. */
  readonly history: readonly ArchivedHistoryRow[] | undefined;
  /** Why not all of it could be read, as a sentence. */
  readonly problem: string | undefined;
}

export interface ArchivedHistoryRow {
  readonly createdBy: string;
  /** It made no layer: the others made one each, in order. */
  readonly isEmpty: boolean;
  /** The lines that made its layer, where the image says so itself. */
  readonly source?: SourceLines;
}

export interface ArchiveOptions {
  /** Also compute the digest of each file's content. */
  readonly hashes: boolean;
  /** Layers that need not be read again, by diff id, or by the digest of the packed layer. */
  readonly known?: (digest: string) => Layer | undefined;
  /** The image's layers, where an engine has told them: then what is read of a broken archive has a place. */
  readonly diffIds?: readonly string[];
  /** Which image of an archive with several: a tag. The first one else. */
  readonly tag?: string;
}

/** Something stored in the archive, by its name. */
interface Stored {
  readonly path: string;
  readonly compression: Compression;
  /** Bytes in the archive. */
  readonly size: number;
  readonly text: string | undefined;
  readonly blob: LayerBlob | undefined;
}

/** Configurations and manifests are smaller, also those of images with thousands of labels. */
const LONGEST_TEXT = 16 * 1024 * 1024;

/**
 * Reads what `docker save`, `podman save`, skopeo and BuildKit write: an image as one tar archive, in Docker's form (`manifest.json`,
 * which newer engines write last) or as an OCI layout (image-spec, image-layout.md, read 2026-11). Once, as it comes; of the layers
 * only what the entries say is kept. Never throws for what is wrong with the archive: what could be read is the answer. Errors
 * of `source` itself, such as a connection that breaks off, are thrown.
 */
export async function readImageArchive(
  source: AsyncIterable<Uint8Array>,
  options: ArchiveOptions,
): Promise<ImageArchive> {
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
  return assemble(new Contents(stored, links), options, problem);
}

function take(
  { name, kind, storedSize, linkName }: TarEntry,
  stored: Map<string, Stored>,
  links: Map<string, string>,
  options: ArchiveOptions,
): TarSink | undefined {
  const path = clean(name);
  if (kind === "symlink") links.set(path, clean(`${folderOf(path)}/${linkName}`));
  if (kind === "hard-link") links.set(path, clean(linkName));
  if (kind !== "file" || storedSize === 0) return undefined;
  const digest = digestIn(path);
  const known = digest === undefined ? undefined : options.known?.(digest);
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
    const blob = layerBlob(compression, compression === "none" ? digest : undefined, options);
    stored.set(path, { path, compression, size: storedSize, text: undefined, blob });
    return blob;
  });
}

/** Looks at the first block before it says who takes the content. */
class Sniffer implements TarSink {
  readonly #choose: (start: Uint8Array) => TarSink | undefined;
  readonly #start: Uint8Array;
  #filled = 0;
  #chosen: TarSink | undefined;
  #isChosen = false;

  constructor(size: number, choose: (start: Uint8Array) => TarSink | undefined) {
    this.#choose = choose;
    this.#start = Buffer.alloc(Math.min(size, 512));
  }

  write(part: Uint8Array): void | Promise<void> {
    if (this.#isChosen) return this.#chosen?.write(part);
    const count = Math.min(part.length, this.#start.length - this.#filled);
    this.#start.set(part.subarray(0, count), this.#filled);
    this.#filled += count;
    if (this.#filled < this.#start.length) return undefined;
    this.#isChosen = true;
    this.#chosen = this.#choose(this.#start);
    const first = this.#chosen?.write(this.#start);
    const rest = part.subarray(count);
    if (rest.length === 0) return first;
    return first ? first.then(() => this.#chosen?.write(rest)) : this.#chosen?.write(rest);
  }

  end(): void | Promise<void> {
    return this.#chosen?.end();
  }
}

function textSink(done: (text: string) => void): TarSink {
  const parts: Uint8Array[] = [];
  return {
    // Parts are of a buffer that the source may use again.
    write: (part) => void parts.push(Uint8Array.from(part)),
    end: () => void done(Buffer.concat(parts).toString("utf8")),
  };
}

/** An archive without entries is zeros; one with entries has `ustar` where POSIX and GNU put it, or a name and a sum in digits. */
function looksLikeTar(start: Uint8Array): boolean {
  if (start.length < 512) return false;
  const bytes = Buffer.from(start);
  if (bytes.toString("latin1", 257, 262) === "ustar" || bytes.every((it) => it === 0)) return true;
  return /^[0-7 ]{6}[\0 ]{1,2}$/.test(bytes.toString("latin1", 148, 156)) && bytes[0] !== 0;
}

/** What was stored under a name, links of older engines followed. */
class Contents {
  readonly #stored: ReadonlyMap<string, Stored>;
  readonly #links: ReadonlyMap<string, string>;
  readonly #layers = new Map<Stored, Layer | Error>();

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
    const found = new Map<string, Stored>();
    for (const stored of this.#stored.values()) {
      const layer = stored.blob && this.layerOf(stored);
      if (layer && !(layer instanceof Error)) found.set(layer.diffId, stored);
    }
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

interface Manifest {
  readonly config: string;
  readonly layers: readonly string[];
}

function assemble(contents: Contents, options: ArchiveOptions, broken: string | undefined): ImageArchive {
  const manifest = dockerManifest(contents, options.tag) ?? ociManifest(contents);
  const config = manifest && (contents.json(manifest.config) as RawConfig | undefined);
  const diffIds = options.diffIds ?? strings(config?.rootfs?.diff_ids);
  const byDiffId = contents.byDiffId();
  const layers = diffIds.map((diffId, index): ArchivedLayer => {
    const name = manifest?.layers[index];
    const stored = (name === undefined ? undefined : contents.at(name)) ?? byDiffId.get(diffId);
    const known = options.known?.(diffId);
    if (known) return { diffId, layer: known, problem: undefined, compressedSize: compressedSize(stored) };
    if (!stored) return missing(diffId, index, "is not in the image's archive");
    const layer = contents.layerOf(stored);
    if (layer instanceof Error) return missing(diffId, index, `cannot be read: ${layer.message}`);
    const packed = packedAs(stored);
    return {
      diffId,
      layer: { ...layer, diffId, ...(packed && { packed }) },
      problem: undefined,
      compressedSize: compressedSize(stored),
    };
  });
  const problem =
    broken ??
    (manifest === undefined && options.diffIds === undefined
      ? "This is no image: neither manifest.json nor index.json of an OCI layout is in it."
      : undefined);
  return { layers, history: historyOf(config, recordedSources(contents, manifest)), problem };
}

function compressedSize(stored: Stored | undefined): number | undefined {
  return stored && stored.compression !== "none" ? stored.size : undefined;
}

function packedAs({ path, size, compression }: Stored): Layer["packed"] {
  const digest = digestIn(path);
  return digest === undefined || compression === "none" ? undefined : { digest, size };
}

function missing(diffId: string, index: number, what: string): ArchivedLayer {
  return { diffId, layer: undefined, problem: `Layer ${index + 1} ${what}.`, compressedSize: undefined };
}

interface RawConfig {
  readonly rootfs?: { readonly diff_ids?: unknown };
  readonly history?: unknown;
}

function historyOf(
  config: RawConfig | undefined,
  sources: readonly (SourceLines | undefined)[],
): readonly ArchivedHistoryRow[] | undefined {
  if (!Array.isArray(config?.history)) return undefined;
  let layer = 0;
  return config.history.map((row: { readonly created_by?: unknown; readonly empty_layer?: unknown }) => {
    const isEmpty = row.empty_layer === true;
    const source = isEmpty ? undefined : sources[layer++];
    return {
      createdBy: typeof row.created_by === "string" ? row.created_by : "",
      isEmpty,
      ...(source && { source }),
    };
  });
}

/** By layer, from the attestation that stands beside the image. */
function recordedSources(
  contents: Contents,
  manifest: Manifest | undefined,
): readonly (SourceLines | undefined)[] {
  const blobs = manifest?.layers.flatMap((it) => digestIn(it) ?? []) ?? [];
  if (!manifest || blobs.length < manifest.layers.length) return [];
  for (const document of contents.documents("/provenance/")) {
    const sources = sourcesOfLayers(document, blobs);
    if (sources?.some((it) => it !== undefined)) return sources;
  }
  return [];
}

function dockerManifest(contents: Contents, tag: string | undefined): Manifest | undefined {
  const images = contents.json("manifest.json");
  if (!Array.isArray(images)) return undefined;
  const all = images as {
    readonly Config?: unknown;
    readonly Layers?: unknown;
    readonly RepoTags?: unknown;
  }[];
  const image = all.find((it) => tag !== undefined && strings(it.RepoTags).includes(tag)) ?? all[0];
  return typeof image?.Config === "string"
    ? { config: image.Config, layers: strings(image.Layers) }
    : undefined;
}

/** Of an index of indexes the first image that is one for a platform: attestations stand beside them. */
function ociManifest(contents: Contents): Manifest | undefined {
  let document = contents.json("index.json") as RawIndex | undefined;
  for (let depth = 0; depth < 4 && document; depth++) {
    if (document.config?.digest !== undefined)
      return {
        config: blobPath(document.config.digest),
        layers: (document.layers ?? []).map((it) => blobPath(it.digest)),
      };
    const next = document.manifests?.find((it) => it.platform?.architecture !== "unknown");
    document = next && (contents.json(blobPath(next.digest)) as RawIndex | undefined);
  }
  return undefined;
}

interface RawIndex {
  readonly config?: { readonly digest: string };
  readonly layers?: readonly { readonly digest: string }[];
  readonly manifests?: readonly {
    readonly digest: string;
    readonly platform?: { readonly architecture?: string };
  }[];
}

function blobPath(digest: string): string {
  return `blobs/${digest.replace(":", "/")}`;
}

/** `sha256:…` of `blobs/sha256/…`, which names what is stored: of a compressed layer that is another digest. */
function digestIn(path: string): string | undefined {
  const [, hex] = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(path) ?? [];
  return hex === undefined ? undefined : `sha256:${hex}`;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
