import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { ArchivedHistoryRow } from "../../sizes/layers/image-archive.ts";
import type { Layer, LayerEntry } from "../../sizes/layers/layer.ts";

/**
 * Layers that were read before, by the digest that names their content for ever, and which rows of an image's history made one.
 * Nothing here throws: a memory that cannot be read is empty, one that cannot be written costs the next reading.
 */
export interface LayerMemory {
  layer(diffId: string): Promise<Layer | undefined>;
  rememberLayers(layers: readonly Layer[]): Promise<void>;
  history(imageId: string): Promise<readonly ArchivedHistoryRow[] | undefined>;
  rememberHistory(imageId: string, history: readonly ArchivedHistoryRow[]): Promise<void>;
}

/** A layer of a large image takes a few hundred kilobytes packed. */
const KEPT_BYTES = 256 * 1024 * 1024;
/** Of what is stored; of another one nothing is read. */
const FORM = 3;
const LARGEST_UNPACKED = 512 * 1024 * 1024;

/** `folder` need not be there yet. */
export function layerMemory(folder: string): LayerMemory {
  const fileOf = (name: string) => join(folder, `${createHash("sha256").update(name).digest("hex")}.gz`);
  const read = async (name: string): Promise<unknown> => {
    try {
      const file = fileOf(name);
      const text = await unpack(await readFile(file), { maxOutputLength: LARGEST_UNPACKED });
      const { form, of, value } = JSON.parse(text.toString()) as {
        form: unknown;
        of: unknown;
        value: unknown;
      };
      if (form !== FORM || of !== name) return undefined;
      // So that those in use are not the oldest.
      await utimes(file, new Date(), new Date());
      return value;
    } catch {
      return undefined;
    }
  };
  const write = async (name: string, value: unknown): Promise<void> => {
    const partial = join(folder, `${randomUUID()}.partial`);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(partial, await pack(JSON.stringify({ form: FORM, of: name, value })));
      await rename(partial, fileOf(name));
    } catch {
      await rm(partial, { force: true }).catch(() => undefined);
    }
  };
  return {
    layer: async (diffId) => {
      const value = (await read(diffId)) as StoredLayer | undefined;
      return value && { ...value, diffId, entries: value.entries.map(entryOf) };
    },
    async rememberLayers(layers) {
      if (layers.length === 0) return;
      for (const { diffId, entries, ...rest } of layers)
        await write(diffId, { ...rest, entries: entries.map(rowOf) } satisfies StoredLayer);
      await removeOldest(folder).catch(() => undefined);
    },
    history: async (imageId) =>
      (await read(`history ${imageId}`)) as readonly ArchivedHistoryRow[] | undefined,
    rememberHistory: (imageId, history) => write(`history ${imageId}`, history),
  };
}

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Names of fields would be most of it. */
type Row = readonly [
  path: string,
  kind: LayerEntry["kind"],
  size: number,
  mode: number,
  uid: number,
  gid: number,
  target: string | null,
  hash: string | null,
  program: LayerEntry["program"] | null,
  text: string | null,
];

interface StoredLayer extends Omit<Layer, "diffId" | "entries"> {
  readonly entries: readonly Row[];
}

function rowOf({ path, kind, size, mode, uid, gid, target, hash, program, text }: LayerEntry): Row {
  return [path, kind, size, mode, uid, gid, target ?? null, hash ?? null, program ?? null, text ?? null];
}

function entryOf([path, kind, size, mode, uid, gid, target, hash, program, text]: Row): LayerEntry {
  const whole = { path, kind, size, mode, uid, gid, target: target ?? undefined, hash: hash ?? undefined };
  return program || text !== null
    ? { ...whole, ...(program && { program }), ...(text !== null && { text }) }
    : whole;
}

async function removeOldest(folder: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => ({ name, ...(await stat(join(folder, name))) })),
  );
  files.sort((a, b) => b.mtimeMs - a.mtimeMs);
  let bytes = 0;
  for (const { name, size } of files) {
    bytes += size;
    if (bytes > KEPT_BYTES) await rm(join(folder, name), { force: true });
  }
}
