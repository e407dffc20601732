import { ask, type Connection, callForList, callForObject } from "../connection.ts";
import { isToRead } from "../containers/silent-container.ts";
import { realTags } from "./images.ts";
import { type RawImage, realDigests, unsharedBytes } from "./listed-images.ts";
import type { Prunable, PrunableItem } from "./store-types.ts";

/** What is read of `/system/df` (Engine API, “Get data usage information”). */
interface DiskUsage {
  readonly LayersSize?: number;
  readonly Containers?:
    | readonly {
        readonly Id: string;
        readonly Names?: readonly string[] | null;
        readonly State: string;
        readonly ImageID: string;
        readonly Labels?: Readonly<Record<string, string>> | null;
        readonly SizeRw?: number;
      }[]
    | null;
  readonly BuildCache?:
    | readonly {
        readonly ID: string;
        readonly Description?: string;
        readonly InUse: boolean;
        readonly Shared: boolean;
        readonly Size: number;
      }[]
    | null;
  readonly Volumes?:
    | readonly {
        readonly Name: string;
        readonly Labels?: Readonly<Record<string, string>> | null;
        /** `RefCount`: containers that have it, stopped ones too; both are -1 where they were not counted. */
        readonly UsageData?: { readonly RefCount: number; readonly Size: number } | null;
      }[]
    | null;
}

const stopped = new Set(["created", "exited", "dead"]);

/** What nothing needs, as it is now. */
export async function prunable(connection: Connection, signal: AbortSignal | undefined): Promise<Prunable> {
  const [usage, images] = await Promise.all([diskUsage(connection, signal), sizedImages(connection, signal)]);
  const containers = usage.Containers ?? [];
  const needed = new Set(containers.map((it) => it.ImageID));
  const unused = images.filter((it) => !needed.has(it.Id)).map(imageItem);
  const volumes = (usage.Volumes ?? []).filter((it) => it.UsageData?.RefCount === 0);
  return {
    containers: containers
      .filter((it) => stopped.has(it.State) && !isToRead(it.Labels))
      .map((it) => ({
        id: it.Id,
        name: (it.Names?.[0] ?? it.Id.slice(0, 12)).replace(/^\//, ""),
        bytes: it.SizeRw ?? 0,
      })),
    images: unused.filter((it) => it.references === undefined),
    unusedImages: unused.filter((it) => it.references !== undefined),
    anonymousVolumes: volumes.filter(isAnonymous).map(volumeItem),
    volumes: volumes.filter((it) => !isAnonymous(it)).map(volumeItem),
    // Podman has none, and tells of none.
    buildCache: (usage.BuildCache ?? [])
      .filter((it) => !it.InUse)
      .map((it) => ({
        id: it.ID,
        name: it.Description ?? it.ID,
        // What images hold as well is not freed.
        bytes: it.Shared ? 0 : it.Size,
      })),
  };
}

/** An image that came by its digest has no tag, but a Dockerfile may name it: it is not dangling. */
function imageItem(image: RawImage): PrunableItem {
  const tags = realTags(image.RepoTags);
  const references = tags.length > 0 ? tags : realDigests(image.RepoDigests);
  const id = image.Id.replace(/^sha256:/, "").slice(0, 12);
  return {
    id: image.Id,
    name: references.join(", ") || id,
    bytes: unsharedBytes(image),
    ...(references.length > 0 && { references }),
  };
}

type Volume = NonNullable<DiskUsage["Volumes"]>[number];

/** Engines before 23.0 and Podman have no label for it, and name such a volume with 64 digits all the same. */
function isAnonymous({ Name, Labels }: Volume): boolean {
  return Labels?.["com.docker.volume.anonymous"] !== undefined || /^[0-9a-f]{64}$/.test(Name);
}

function volumeItem({ Name, UsageData }: Volume): PrunableItem {
  return {
    id: Name,
    name: /^[0-9a-f]{64}$/.test(Name) ? Name.slice(0, 12) : Name,
    bytes: Math.max(0, UsageData?.Size ?? 0),
  };
}

/** Bytes of all layers of all images together; undefined where the engine does not count them. */
export async function layersSize(
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  return (await diskUsage(connection, signal)).LayersSize;
}

function diskUsage(connection: Connection, signal: AbortSignal | undefined): Promise<DiskUsage> {
  return ask(connection, "asking what takes room", signal, () =>
    callForObject<DiskUsage>(connection, { method: "GET", path: "/system/df" }, signal),
  );
}

function sizedImages(connection: Connection, signal: AbortSignal | undefined): Promise<readonly RawImage[]> {
  // Of all, not by a filter: what is shared is worked out among those that are listed (28.5.2, both stores).
  const query = { "shared-size": "true", manifests: "true" };
  return ask(connection, "listing images", signal, () =>
    callForList<RawImage>(connection, { method: "GET", path: "/images/json", query }, signal),
  );
}
