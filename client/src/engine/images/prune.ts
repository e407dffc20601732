import { ask, type Connection, call, callForObject } from "../connection.ts";
import { engineContainers } from "../containers/containers.ts";
import { EngineError } from "../engine.ts";
import { cancelled, throwIfAborted } from "../failures.ts";
import { layersSize } from "./prunable.ts";
import type { PrunableItem, Pruned, PruneOrder } from "./store-types.ts";

/** What was shown is what goes, one by one: “prune” would take along what was stopped in the meantime. */
export async function prune(
  connection: Connection,
  what: PruneOrder,
  signal: AbortSignal | undefined,
): Promise<Pruned> {
  const problems: string[] = [];
  let removed = 0;
  const removeAll = async (
    items: readonly PrunableItem[] | undefined,
    act: (item: PrunableItem) => Promise<unknown>,
  ) => {
    const gone: PrunableItem[] = [];
    for (const item of items ?? []) {
      try {
        throwIfAborted(signal);
        await act(item);
        gone.push(item);
        removed++;
      } catch (error) {
        if (!(error instanceof EngineError) || ["unreachable", "cancelled"].includes(error.failure.kind))
          throw halfWay(error, removed);
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

  const cache = await pruneCache(connection, what.buildCache ?? [], signal).catch((error) => {
    throw halfWay(error, removed);
  });
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

/** So many records are named in one call: the query is part of an address. */
const atOnce = 100;

/**
 * Removes records of the build cache. The engine takes an `id` as a regular expression in BuildKit's filter language, where quotes
 * keep it whole (moby builder/builder-next/builder.go, containerd filters/parser.go, read 2026-11; works on 28.5.2).
 */
async function pruneCache(
  connection: Connection,
  items: readonly PrunableItem[],
  signal: AbortSignal | undefined,
): Promise<{ readonly records: number; readonly bytes: number }> {
  // An id is letters and digits; what is none could mean more than itself.
  let left = items.map((it) => it.id).filter((it) => /^\w+$/.test(it));
  const before = left.length;
  let bytes = 0;
  for (let isMoving = true; isMoving && left.length > 0; ) {
    const gone = new Set<string>();
    for (let at = 0; at < left.length; at += atOnce) {
      throwIfAborted(signal);
      const pruned = await pruneRecords(connection, left.slice(at, at + atOnce), signal);
      for (const it of pruned.CachesDeleted ?? []) gone.add(it);
      bytes += pruned.SpaceReclaimed ?? 0;
    }
    // One that others are built on goes only after them, and they may be in a later call.
    left = left.filter((it) => !gone.has(it));
    isMoving = gone.size > 0;
  }
  return { records: before - left.length, bytes };
}

interface PrunedRecords {
  readonly CachesDeleted?: readonly string[] | null;
  readonly SpaceReclaimed?: number;
}

function pruneRecords(
  connection: Connection,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<PrunedRecords> {
  const query = { all: "true", filters: JSON.stringify({ id: [`"^(${ids.join("|")})$"`] }) };
  return ask(connection, "removing the build cache", signal, () =>
    callForObject<PrunedRecords>(connection, { method: "POST", path: "/build/prune", query }, signal),
  );
}

/** Says besides that some of it is gone already. */
function halfWay(error: unknown, removed: number): unknown {
  if (!(error instanceof EngineError) || removed === 0) return error;
  const left = `${removed === 1 ? "1 thing was" : `${removed} things were`} removed before; the rest is still there.`;
  return error.failure.kind === "cancelled"
    ? cancelled(left)
    : new EngineError(error.failure, `${error.message} ${left}`);
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
