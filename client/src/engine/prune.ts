import { ask, type Connection, call } from "./connection.ts";
import { engineContainers } from "./containers.ts";
import { EngineError } from "./engine.ts";
import { throwIfAborted } from "./failures.ts";
import { realTags } from "./images.ts";
import { type RawImage, realDigests, unsharedBytes } from "./listed-images.ts";
import type { Prunable, PrunableItem, Pruned } from "./store-types.ts";

/** What is read of `/system/df` (Engine API, “Get data usage information”). */
interface DiskUsage {
  readonly LayersSize?: number;
  readonly Containers?:
    | readonly {
        readonly Id: string;
        readonly Names?: readonly string[] | null;
        readonly State: string;
        readonly ImageID: string;
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
}

const stopped = new Set(["created", "exited", "dead"]);

export async function prunable(connection: Connection, signal: AbortSignal | undefined): Promise<Prunable> {
  const [usage, nameless] = await Promise.all([
    diskUsage(connection, signal),
    danglingImages(connection, signal),
  ]);
  const containers = usage.Containers ?? [];
  const needed = new Set(containers.map((it) => it.ImageID));
  return {
    containers: containers
      .filter((it) => stopped.has(it.State))
      .map((it) => ({
        id: it.Id,
        name: (it.Names?.[0] ?? it.Id.slice(0, 12)).replace(/^\//, ""),
        bytes: it.SizeRw ?? 0,
      })),
    images: nameless
      .filter((it) => !needed.has(it.Id))
      .map((it) => ({
        id: it.Id,
        name: it.Id.replace(/^sha256:/, "").slice(0, 12),
        bytes: unsharedBytes(it),
      })),
    // Podman has none, and tells of none.
    buildCache: usage.BuildCache?.filter((it) => !it.InUse).map((it) => ({
      id: it.ID,
      name: it.Description ?? it.ID,
      // What images hold as well is not freed.
      bytes: it.Shared ? 0 : it.Size,
    })),
  };
}

/** What was shown is what goes, one by one: “prune” would take along what was stopped in the meantime. */
export async function prune(
  connection: Connection,
  what: Prunable,
  signal: AbortSignal | undefined,
): Promise<Pruned> {
  const problems: string[] = [];
  const removeAll = async (items: readonly PrunableItem[], act: (id: string) => Promise<void>) => {
    const gone: PrunableItem[] = [];
    for (const item of items) {
      throwIfAborted(signal);
      try {
        await act(item.id);
        gone.push(item);
      } catch (error) {
        if (!(error instanceof EngineError) || ["unreachable", "cancelled"].includes(error.failure.kind))
          throw error;
        // Gone already is as good.
        if (error.failure.kind !== "not-found") problems.push(`${item.name}: ${error.message}`);
      }
    }
    return gone;
  };

  const all = engineContainers(connection);
  const containers = await removeAll(what.containers, (id) => all.remove(id, false, signal));
  let bytes = sum(containers);

  // Images without a name share layers with each other, so what they free shows only afterwards.
  const before = what.images.length > 0 ? (await diskUsage(connection, signal)).LayersSize : undefined;
  const images = await removeAll(what.images, async (id) => {
    await ask(connection, "removing images", signal, () =>
      call(connection, { method: "DELETE", path: `/images/${id}` }, signal),
    );
  });
  const after = what.images.length > 0 ? (await diskUsage(connection, signal)).LayersSize : undefined;
  if (before !== undefined && after !== undefined) bytes += Math.max(0, before - after);

  const cache = what.buildCache ?? [];
  if (cache.length > 0) {
    const pruned = (await ask(connection, "removing the build cache", signal, () =>
      call(connection, { method: "POST", path: "/build/prune", query: { all: "true" } }, signal),
    )) as { readonly CachesDeleted?: readonly string[] | null; readonly SpaceReclaimed?: number };
    bytes += pruned.SpaceReclaimed ?? 0;
    return {
      containers: containers.length,
      images: images.length,
      buildCache: pruned.CachesDeleted?.length ?? 0,
      bytes,
      problems,
    };
  }
  return { containers: containers.length, images: images.length, buildCache: 0, bytes, problems };
}

/** An image that came by its digest has no tag either, but a Dockerfile may name it: it is none of these. */
async function danglingImages(
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<readonly RawImage[]> {
  // Of all, not by a filter: what is shared is worked out among those that are listed (28.5.2, both stores).
  const query = { "shared-size": "true", manifests: "true" };
  const found = await ask(
    connection,
    "listing images",
    signal,
    () =>
      call(connection, { method: "GET", path: "/images/json", query }, signal) as Promise<
        readonly RawImage[]
      >,
  );
  return found.filter((it) => realTags(it.RepoTags).length + realDigests(it.RepoDigests).length === 0);
}

function diskUsage(connection: Connection, signal: AbortSignal | undefined): Promise<DiskUsage> {
  return ask(
    connection,
    "asking what takes room",
    signal,
    () => call(connection, { method: "GET", path: "/system/df" }, signal) as Promise<DiskUsage>,
  );
}

function sum(items: readonly PrunableItem[]): number {
  return items.reduce((all, it) => all + it.bytes, 0);
}
