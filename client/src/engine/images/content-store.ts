import protobuf from "protobufjs/light.js";
import type { StoredBlob } from "../../sizes/layers/archive-contents.ts";
import { blobPath } from "../../sizes/layers/image-archive.ts";
import { openBuildKit } from "../buildkit/buildkit-api.ts";
import { GrpcCallError, type GrpcClient } from "../buildkit/grpc-client.ts";
import type { Connection } from "../connection.ts";
import type { ImageDetails } from "../engine.ts";

/** Messages of containerd.services.content.v1 (api/services/content/v1/content.proto of containerd, read 2026-11), only what is used. */
const root = protobuf.Root.fromJSON({
  nested: {
    ReadContentRequest: { fields: { digest: { type: "string", id: 1 } } },
    ReadContentResponse: { fields: { data: { type: "bytes", id: 2 } } },
  },
} as protobuf.INamespace);
const readRequest = root.lookupType("ReadContentRequest");
const readResponse = root.lookupType("ReadContentResponse");

/** What engines with a containerd store keep of images, each thing by its digest. */
export interface ContentStore {
  /** What an OCI layout of these images would hold; nothing comes of what is not read. Throws where the store has not all of it. */
  blobsOf(images: readonly Pick<ImageDetails, "id" | "diffIds">[]): AsyncIterable<StoredBlob>;
  close(): void;
}

/**
 * Through BuildKit, which shows the engine's store for its own records of builds (moby 24 and later): a single layer can be had there, at
 * twice the speed of an image's archive (28.5.2). Throws the errors of Node, dockerode and gRPC.
 */
export async function openContentStore(
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<ContentStore> {
  const client = await openBuildKit(connection, signal);
  return { blobsOf: (images) => blobsOf(client, images), close: () => client.close() };
}

/** Of an image index, a manifest and a configuration (image-spec, read 2026-11), what is looked at. */
interface Document {
  readonly manifests?: readonly Descriptor[];
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
  readonly rootfs?: { readonly diff_ids?: readonly string[] };
}

interface Descriptor {
  readonly digest: string;
  readonly size: number;
  readonly mediaType?: string;
}

/** Indexes, manifests and configurations are smaller, and so are attestations. */
const LONGEST_DOCUMENT = 16 * 1024 * 1024;

async function* blobsOf(
  client: GrpcClient,
  images: readonly Pick<ImageDetails, "id" | "diffIds">[],
): AsyncGenerator<StoredBlob> {
  const documents = new Map<string, Buffer>();
  const layers = new Map<string, Descriptor & { readonly diffId: string | undefined }>();
  const found = new Set<string>();
  /** @returns what it says, which is remembered as it is stored */
  const document = async ({ digest, size }: Descriptor): Promise<Document> => {
    if (size > LONGEST_DOCUMENT) throw new GrpcCallError(`${digest} is no document.`);
    const parts: Uint8Array[] = [];
    for await (const part of read(client, digest)) parts.push(part);
    const bytes = Buffer.concat(parts);
    documents.set(digest, bytes);
    return (JSON.parse(bytes.toString()) ?? {}) as Document;
  };
  const follow = async (descriptor: Descriptor, depth: number): Promise<void> => {
    const { manifests = [], config, layers: stored = [] } = await document(descriptor);
    // Of an image for several platforms the others may never have been fetched.
    for (const it of depth < 4 ? manifests : [])
      await follow(it, depth + 1).catch((error) => {
        if (!(error instanceof GrpcCallError)) throw error;
      });
    if (!config) return;
    const diffIds = (await document(config)).rootfs?.diff_ids ?? [];
    for (const it of stored) if (it.mediaType?.includes("in-toto")) await document(it);
    if (!images.some((it) => it.diffIds.join() === diffIds.join())) return;
    found.add(diffIds.join());
    stored.forEach((it, index) => void layers.set(it.digest, { ...it, diffId: diffIds[index] }));
  };
  for (const { id, diffIds } of images) {
    await follow({ digest: id, size: 0 }, 0);
    if (!found.has(diffIds.join())) throw new GrpcCallError(`${id} is not the image that was asked for.`);
  }
  const index = Buffer.from(JSON.stringify({ manifests: images.map((it) => ({ digest: it.id })) }));
  yield { path: "index.json", size: index.length, parts: once(index) };
  for (const [digest, bytes] of documents)
    yield { path: blobPath(digest), size: bytes.length, parts: once(bytes) };
  for (const { digest, size, diffId } of layers.values())
    yield { path: blobPath(digest), size, ...(diffId && { diffId }), parts: read(client, digest) };
}

async function* read(client: GrpcClient, digest: string): AsyncGenerator<Uint8Array> {
  const request = readRequest.encode({ digest }).finish();
  for await (const message of client.call("/containerd.services.content.v1.Content/Read", request))
    yield (readResponse.decode(message) as unknown as { readonly data: Uint8Array }).data;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
