import { type SourceLines, sourcesOfLayers } from "../lines/provenance.ts";
import { digestIn } from "./archive-blobs.ts";
import {
  type Contents,
  contentsOf,
  contentsOfBlobs,
  type Stored,
  type StoredBlob,
} from "./archive-contents.ts";
import { type Layer, transferOf } from "./layer.ts";

/** One layer of an image, as far as it could be read. */
export interface ArchivedLayer {
  readonly diffId: string;
  /** Undefined where something is wrong with it. */
  readonly layer: Layer | undefined;
  /** What, as a sentence for the user. */
  readonly problem: string | undefined;
  /** What a pull transfers: bytes as stored in the archive where it is compressed, or as measured. */
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
  /** Also measure what a pull transfers, of layers that are stored unpacked. */
  readonly transfer?: boolean;
  /** Layers that need not be read again, by diff id, or by the digest of the packed layer. */
  readonly known?: (digest: string) => Layer | undefined;
  /** The image's layers, where an engine has told them: then what is read of a broken archive has a place. */
  readonly diffIds?: readonly string[];
  /** Which image of an archive with several: a tag. The first one else. */
  readonly tag?: string;
}

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
  const { contents, problem } = await contentsOf(source, options);
  return assemble(contents, options, problem);
}

/**
 * The same of an archive with several images, whose layers an engine has told (`diffIds`, one list an image): each layer is
 * stored and read once, however many of them have it.
 */
export async function readImageArchives(
  source: AsyncIterable<Uint8Array>,
  images: readonly (readonly string[])[],
  options: Pick<ArchiveOptions, "hashes" | "known" | "transfer">,
): Promise<readonly ImageArchive[]> {
  const { contents, problem } = await contentsOf(source, options);
  return images.map((diffIds) => assemble(contents, { ...options, diffIds }, problem));
}

/** The same of an OCI layout of which each thing comes by itself, without layers that are known. */
export async function readImageBlobs(
  blobs: AsyncIterable<StoredBlob>,
  images: readonly (readonly string[])[],
  options: Pick<ArchiveOptions, "hashes" | "known" | "transfer">,
): Promise<readonly ImageArchive[]> {
  const contents = await contentsOfBlobs(blobs, options);
  return images.map((diffIds) => assemble(contents, { ...options, diffIds }, undefined));
}

interface Manifest {
  readonly config: string;
  readonly layers: readonly string[];
  readonly tags: readonly string[];
}

function assemble(contents: Contents, options: ArchiveOptions, broken: string | undefined): ImageArchive {
  const { manifest, config } = chosenImage(contents, options);
  const diffIds = options.diffIds ?? strings(config?.rootfs?.diff_ids);
  const byDiffId = contents.byDiffId();
  const layers = diffIds.map((diffId, index): ArchivedLayer => {
    const name = manifest?.layers[index];
    const stored = (name === undefined ? undefined : contents.at(name)) ?? byDiffId.get(diffId);
    const known = options.known?.(diffId);
    if (known)
      return {
        ...{ diffId, layer: known, problem: undefined },
        compressedSize: compressedSize(stored) ?? transferOf(known),
      };
    // Nothing is stored of it, which is no mistake.
    if (!stored && diffId === NO_BYTES)
      return { diffId, layer: emptyLayer, problem: undefined, compressedSize: undefined };
    if (!stored) return missing(diffId, index, "is not in the image's archive");
    const layer = contents.layerOf(stored);
    if (layer instanceof Error) return missing(diffId, index, `cannot be read: ${layer.message}`);
    const packed = packedAs(stored);
    return {
      diffId,
      layer: { ...layer, diffId, ...(packed && { packed }) },
      problem: undefined,
      compressedSize: compressedSize(stored) ?? layer.transfer,
    };
  });
  const problem =
    broken ??
    (manifest === undefined && options.diffIds === undefined
      ? "This is no image: neither manifest.json nor index.json of an OCI layout is in it."
      : undefined);
  return { layers, history: historyOf(config, recordedSources(contents, manifest)), problem };
}

/** Digest of no bytes at all: a layer that some tools write for an instruction that changes nothing. */
const NO_BYTES = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const emptyLayer: Layer = { diffId: NO_BYTES, entries: [], removed: [], opaque: [], size: 0 };

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

/** By its layers where an engine has told them, by its tag, or else the first one. */
function chosenImage(contents: Contents, { tag, diffIds }: ArchiveOptions) {
  const images = imagesIn(contents).map((manifest) => ({
    manifest,
    config: contents.json(manifest.config) as RawConfig | undefined,
  }));
  const layers = diffIds?.join();
  return (
    images.find((it) => layers !== undefined && strings(it.config?.rootfs?.diff_ids).join() === layers) ??
    images.find((it) => tag !== undefined && it.manifest.tags.includes(tag)) ??
    // Of several the wrong one would give its layers to the places of others.
    (diffIds === undefined || images.length === 1 ? images[0] : undefined) ?? {
      manifest: undefined,
      config: undefined,
    }
  );
}

function imagesIn(contents: Contents): readonly Manifest[] {
  const docker = contents.json("manifest.json");
  if (!Array.isArray(docker)) return ociManifests(contents, contents.json("index.json"), 0);
  return docker.flatMap(
    (it: {
      readonly Config?: unknown;
      readonly Layers?: unknown;
      readonly RepoTags?: unknown;
    }): Manifest[] =>
      typeof it.Config === "string"
        ? [{ config: it.Config, layers: strings(it.Layers), tags: strings(it.RepoTags) }]
        : [],
  );
}

/** Also those in indexes of an index; attestations stand beside them, for a platform that is not known. */
function ociManifests(contents: Contents, document: unknown, depth: number): Manifest[] {
  const { config, layers = [], manifests = [] } = (document ?? {}) as RawIndex;
  if (config?.digest !== undefined)
    return [{ config: blobPath(config.digest), layers: layers.map((it) => blobPath(it.digest)), tags: [] }];
  if (depth === 4) return [];
  return manifests
    .filter((it) => it.platform?.architecture !== "unknown")
    .flatMap((it) => ociManifests(contents, contents.json(blobPath(it.digest)), depth + 1));
}

interface RawIndex {
  readonly config?: { readonly digest: string };
  readonly layers?: readonly { readonly digest: string }[];
  readonly manifests?: readonly {
    readonly digest: string;
    readonly platform?: { readonly architecture?: string };
  }[];
}

/** Where an image of the OCI layout has what a digest stands for. */
export function blobPath(digest: string): string {
  return `blobs/${digest.replace(":", "/")}`;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
}
