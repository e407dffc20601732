import { ask, type Connection, call, callForList } from "../connection.ts";
import type { EngineContainers } from "../containers/container-types.ts";
import { realTags } from "./images.ts";
import type { ListedImage } from "./store-types.ts";

interface Platform {
  readonly os?: string;
  readonly architecture?: string;
  readonly variant?: string;
}

/** What is read of `/images/json?manifests=true`; `Manifests` from API 1.47 on a containerd image store. */
export interface RawImage {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  /** Seconds since 1970. */
  readonly Created: number;
  /** Unpacked on a graph store; unpacked plus compressed on a containerd store (measured on 28.5.2). */
  readonly Size: number;
  /** Unpacked bytes of layers that other images have as well; -1 when it was not asked for. */
  readonly SharedSize?: number;
  readonly Manifests?:
    | readonly {
        readonly Kind?: string;
        readonly Available?: boolean;
        readonly Size?: { readonly Content?: number };
        readonly ImageData?: {
          readonly Platform?: Platform;
          readonly Size?: { readonly Unpacked?: number };
        } | null;
      }[]
    | null;
}

/** Platforms by image id, which never change; the list of a graph store does not tell them. */
const platforms = new WeakMap<Connection, Map<string, readonly string[]>>();

/** Images are asked about one by one where the list does not tell enough; so many at a time. */
const atOnce = 8;

/** All images with their names, platforms and containers. Throws EngineError. */
export async function listedImages(
  connection: Connection,
  containers: EngineContainers,
  signal: AbortSignal | undefined,
): Promise<readonly ListedImage[]> {
  const doing = "listing images";
  const [images, all] = await Promise.all([
    ask(connection, doing, signal, () =>
      callForList<RawImage>(
        connection,
        { method: "GET", path: "/images/json", query: { manifests: "true" } },
        signal,
      ),
    ),
    containers.list(signal),
  ]);
  const known = await platformsOf(connection, images, signal);
  return images
    .map((image) => ({
      id: image.Id,
      tags: realTags(image.RepoTags),
      digests: realDigests(image.RepoDigests),
      created: image.Created * 1000,
      ...sizesOf(image),
      platforms: known.get(image.Id) ?? [],
      containers: all.filter((it) => it.imageId === image.Id).map((it) => it.name),
    }))
    .sort((one, another) => another.created - one.created);
}

/** On a containerd store an image without a name has one for the store itself (28.5.2). */
export function realDigests(digests: readonly string[] | null | undefined): readonly string[] {
  return realTags(digests).filter((it) => !it.startsWith("moby-dangling@"));
}

/**
 * Bytes that no other image has. Exact on a graph store; on a containerd store the compressed part is estimated, since the
 * engine tells what is shared of the unpacked layers only.
 */
export function unsharedBytes(image: RawImage): number {
  const shared = Math.max(0, image.SharedSize ?? 0);
  const { onDisk, transfer } = sizesOf(image);
  const own = Math.max(0, onDisk - shared);
  return transfer === undefined || onDisk === 0 ? own : Math.round(own + transfer * (own / onDisk));
}

function sizesOf(image: RawImage): Pick<ListedImage, "onDisk" | "transfer"> {
  const own = ownManifests(image);
  if (own.length === 0) return { onDisk: image.Size, transfer: undefined };
  const sum = (sizes: readonly (number | undefined)[]) =>
    sizes.reduce<number>((all, it) => all + (it ?? 0), 0);
  return {
    onDisk: sum(own.map((it) => it.ImageData?.Size?.Unpacked)),
    transfer: sum(own.map((it) => it.Size?.Content)),
  };
}

/** Attestations are manifests too, and no part of the image; platforms that were not pulled take no room. */
function ownManifests({ Manifests }: RawImage) {
  return (Manifests ?? []).filter((it) => it.Kind === "image" && it.Available !== false);
}

async function platformsOf(
  connection: Connection,
  images: readonly RawImage[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const known = platforms.get(connection) ?? new Map<string, readonly string[]>();
  platforms.set(connection, known);
  const left = images.filter((it) => {
    const own = ownManifests(it).map(({ ImageData }) => platformName(ImageData?.Platform ?? {}));
    if (own.length > 0) known.set(it.Id, own);
    return !known.has(it.Id);
  });
  const work = async () => {
    for (let image = left.pop(); image !== undefined; image = left.pop()) {
      const { Id } = image;
      // One that has gone since the list was made has none.
      const inspected = await ask(connection, "listing images", signal, () =>
        call(connection, { method: "GET", path: `/images/${Id}/json` }, signal),
      ).catch(() => undefined);
      const { Os, Architecture, Variant } = (inspected ?? {}) as {
        readonly Os?: string;
        readonly Architecture?: string;
        readonly Variant?: string;
      };
      if (inspected !== undefined)
        known.set(Id, [
          platformName({
            ...(Os && { os: Os }),
            ...(Architecture && { architecture: Architecture }),
            ...(Variant && { variant: Variant }),
          }),
        ]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return known;
}

function platformName({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter(Boolean).join("/");
}
