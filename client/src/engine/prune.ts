import { ask, type Connection, call } from "./connection.ts";
import { engineContainers } from "./containers.ts";
import { EngineError } from "./engine.ts";
import { throwIfAborted } from "./failures.ts";
import { layersSize } from "./prunable.ts";
import type { PrunableItem, Pruned, PruneOrder } from "./store-types.ts";

/** What was shown is what goes, one by one: “prune” would take along what was stopped in the meantime. */
export async function prune(
  connection: Connection,
  what: PruneOrder,
  signal: AbortSignal | undefined,
): Promise<Pruned> {
  const problems: string[] = [];
  const removeAll = async (
    items: readonly PrunableItem[] | undefined,
    act: (item: PrunableItem) => Promise<unknown>,
  ) => {
    const gone: PrunableItem[] = [];
    for (const item of items ?? []) {
      throwIfAborted(signal);
      try {
        await act(item);
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
  const remove = (path: string, doing: string) =>
    ask(connection, doing, signal, () => call(connection, { method: "DELETE", path }, signal));

  // Without their volumes, which nobody was shown: those are not in use from then on, and listed the next time.
  const containers = await removeAll(what.containers, (it) =>
    remove(`/containers/${it.id}`, "removing containers").catch(conflictAs("It runs again.")),
  );

  const someImages = [...(what.images ?? []), ...(what.unusedImages ?? [])];
  // Images share layers with each other, so what they free shows only afterwards.
  const before = someImages.length > 0 ? await layersSize(connection, signal) : undefined;
  // The containerd store takes an image from under its containers (28.5.2).
  const inUse = new Set(
    someImages.length > 0 ? (await engineContainers(connection).list(signal)).map((it) => it.imageId) : [],
  );
  const removeImage = async ({ id, references = [id] }: PrunableItem) => {
    if (inUse.has(id)) throw conflict("A container has it by now.");
    for (const it of references) await remove(`/images/${it}`, "removing images");
  };
  const images = await removeAll(what.images, removeImage);
  const unusedImages = await removeAll(what.unusedImages, removeImage);
  const after = someImages.length > 0 ? await layersSize(connection, signal) : undefined;
  const freedByImages = before === undefined || after === undefined ? 0 : Math.max(0, before - after);

  const removeVolume = ({ id }: PrunableItem) =>
    remove(`/volumes/${encodeURIComponent(id)}`, "removing volumes").catch(
      conflictAs("A container has it by now."),
    );
  const anonymousVolumes = await removeAll(what.anonymousVolumes, removeVolume);
  const volumes = await removeAll(what.volumes, removeVolume);

  const cache = (what.buildCache ?? []).length > 0 ? await pruneCache(connection, what.seenAt, signal) : none;
  return {
    containers: containers.length,
    images: images.length,
    unusedImages: unusedImages.length,
    anonymousVolumes: anonymousVolumes.length,
    volumes: volumes.length,
    buildCache: cache.records,
    bytes: sum(containers) + freedByImages + sum(anonymousVolumes) + sum(volumes) + cache.bytes,
    problems,
  };
}

const none = { records: 0, bytes: 0 };

/** The engine removes records by their age only: what was used since they were shown stays. */
async function pruneCache(
  connection: Connection,
  seenAt: string,
  signal: AbortSignal | undefined,
): Promise<typeof none> {
  const query = { all: "true", filters: JSON.stringify({ until: [seenAt] }) };
  const { CachesDeleted, SpaceReclaimed } = (await ask(connection, "removing the build cache", signal, () =>
    call(connection, { method: "POST", path: "/build/prune", query }, signal),
  )) as { readonly CachesDeleted?: readonly string[] | null; readonly SpaceReclaimed?: number };
  return { records: CachesDeleted?.length ?? 0, bytes: SpaceReclaimed ?? 0 };
}

function conflict(message: string): EngineError {
  return new EngineError({ kind: "conflict", message }, message);
}

/** Says of a conflict what it means here. */
function conflictAs(message: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof EngineError && error.failure.kind === "conflict" ? conflict(message) : error;
  };
}

function sum(items: readonly PrunableItem[]): number {
  return items.reduce((all, it) => all + it.bytes, 0);
}
