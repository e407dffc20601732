import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImageReading } from "../../../../server/src/model/image/image-reading.ts";

/** Readings of images, kept in a folder for when no engine answers. Nothing here throws: a memory that cannot be read is empty. */
export interface ImageMemory {
  /** Of exactly this image. */
  byId(id: string): Promise<ImageReading | undefined>;
  /** Of the image that the engine had under this name when it was last asked. */
  byReference(reference: string): Promise<ImageReading | undefined>;
  remember(reference: string, reading: ImageReading): Promise<void>;
  /** The engine has nothing under this name. */
  forget(reference: string): Promise<void>;
}

/** A file has 5 to 60 kB. */
const keptReadings = 200;
const keptReferences = 1000;
const largestFile = 4 * 1024 * 1024;
const referencesFile = "references.json";

/** One file an image, named by its id, and one that says which name means which image. `folder` need not be there yet. */
export function imageMemory(folder: string): ImageMemory {
  const fileOf = (id: string) => join(folder, `${id.replace(/[^\w-]+/g, "-")}.json`);
  // One after the other: the file of references is read, changed and written as a whole.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const result = turn.then(act);
    turn = result.catch(() => undefined);
    return result;
  };
  const references = async () => {
    const value = await readChecked(join(folder, referencesFile));
    return new Map(Object.entries((value ?? {}) as Readonly<Record<string, string>>));
  };
  const byId = async (id: string) => {
    const value = (await readChecked(fileOf(id))) as ImageReading | undefined;
    if (value?.form !== 1 || value.id !== id) return undefined;
    // So that those in use are not the oldest.
    await utimes(fileOf(id), new Date(), new Date()).catch(() => undefined);
    return value;
  };
  const setReference = (reference: string, id: string | undefined) =>
    inTurn(async () => {
      const all = await references();
      if (all.get(reference) === id) return;
      all.delete(reference);
      if (id !== undefined) all.set(reference, id);
      await write(join(folder, referencesFile), Object.fromEntries([...all].slice(-keptReferences)));
    }).catch(() => undefined);
  return {
    byId,
    async byReference(reference) {
      const id = (await inTurn(references)).get(reference);
      return id === undefined ? undefined : byId(id);
    },
    async remember(reference, reading) {
      try {
        await mkdir(folder, { recursive: true });
        if ((await byId(reading.id)) === undefined) {
          await write(fileOf(reading.id), reading);
          await removeOldest(folder);
        }
        await setReference(reference, reading.id);
      } catch {
        // A full disk costs the memory, not the answer.
      }
    },
    async forget(reference) {
      await setReference(reference, undefined);
    },
  };
}

/** What `write` wrote; undefined for anything else, e.g. half a file. */
async function readChecked(file: string): Promise<unknown> {
  try {
    if ((await stat(file)).size > largestFile) return undefined;
    const { sum, value } = JSON.parse(await readFile(file, "utf8")) as { sum: unknown; value: unknown };
    return sum === sumOf(value) && typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** As a whole or not at all: another window may read at the same time. */
async function write(file: string, value: object): Promise<void> {
  const partial = `${file}.${randomUUID()}.partial`;
  try {
    await writeFile(partial, JSON.stringify({ sum: sumOf(value), value }));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

function sumOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(value) ?? "")
    .digest("hex");
}

async function removeOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((it) => it !== referencesFile);
  if (names.length <= keptReadings) return;
  const files = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      return {
        file,
        used: await stat(file).then(
          (it) => it.mtimeMs,
          () => 0,
        ),
      };
    }),
  );
  const oldest = files.sort((one, other) => one.used - other.used).slice(0, names.length - keptReadings);
  for (const { file } of oldest) await rm(file, { force: true });
}
