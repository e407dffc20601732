import type { Stats } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { other } from "./failures.ts";
import type { Wanted } from "./followed-paths.ts";
import type { IgnoreDecision, IgnoreFile } from "./ignore-file.ts";

/** A file, folder or symbolic link that the ignore file leaves in the context. */
export interface ContextEntry {
  readonly kind: "file" | "directory" | "link";
  /** Relative to the context, with `/`. */
  readonly path: string;
  readonly absolute: string;
  /** Bytes; 0 unless it is a file. */
  readonly size: number;
  readonly stats: Stats;
}

/**
 * Walks a build context in the order of its names. An ignored folder appears only when something inside it comes back by an exception,
 * as in `docker build`; so does one that is not `wanted` itself. Links are not followed. What cannot be sent (sockets, pipes, devices) is told to `skip`.
 * Throws EngineError for a folder that cannot be read.
 */
export async function* walkContext(
  root: string,
  ignore: IgnoreFile,
  skip: (sentence: string) => void,
  wanted: Wanted = everything,
): AsyncGenerator<ContextEntry> {
  yield* walk("", ignore.root, []);

  /** `hidden` are the folders above that count only for what is in them, not yet told. */
  async function* walk(
    folder: string,
    decision: IgnoreDecision,
    hidden: ContextEntry[],
  ): AsyncGenerator<ContextEntry> {
    for await (const { name, stats } of look(join(root, folder), await names(join(root, folder), folder))) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const absolute = join(root, path);
      const here = ignore.decide(path, decision);

      if (stats.isDirectory()) {
        const entry: ContextEntry = { kind: "directory", path, absolute, size: 0, stats };
        if (!here.ignored && wanted.includes(path)) {
          yield* shown(hidden);
          yield entry;
          yield* walk(path, here, []);
        } else if (
          !(here.ignored && ignore.canSkip(path)) &&
          (wanted.includes(path) || wanted.mayHold(path))
        ) {
          const above = [...hidden, entry];
          yield* walk(path, here, above);
          // Emptied means told, and then those above it are told as well.
          if (above.length === 0) hidden.length = 0;
        }
      } else if (!here.ignored && wanted.includes(path)) {
        const kind = stats.isFile() ? "file" : stats.isSymbolicLink() ? "link" : undefined;
        if (kind) {
          yield* shown(hidden);
          yield { kind, path, absolute, size: kind === "file" ? stats.size : 0, stats };
        } else skip(`${path} was left out of the build context: it is no file, folder or link.`);
      }
    }
  }
}

const everything: Wanted = { includes: () => true, mayHold: () => true };

function* shown(hidden: ContextEntry[]): Generator<ContextEntry> {
  yield* hidden;
  hidden.length = 0;
}

async function names(absolute: string, folder: string): Promise<readonly string[]> {
  try {
    // The engine wants the order of the bytes, not of UTF-16.
    return (await readdir(absolute)).sort((one, other) =>
      Buffer.compare(Buffer.from(one), Buffer.from(other)),
    );
  } catch (error) {
    if (isGone(error)) return [];
    throw other(
      `The folder ${folder || absolute} of the build context cannot be read: ${(error as Error).message}. Allow reading it, or name it in .dockerignore.`,
    );
  }
}

/** Looks at the entries of a folder in their order, many at a time. */
async function* look(
  folder: string,
  names: readonly string[],
): AsyncGenerator<{ name: string; stats: Stats }> {
  for (let at = 0; at < names.length; at += lookAhead) {
    const some = names.slice(at, at + lookAhead);
    const found = await Promise.all(some.map((name) => lstat(join(folder, name)).catch(gone)));
    for (const [index, name] of some.entries()) {
      const stats = found[index];
      if (stats) yield { name, stats };
    }
  }
}

const lookAhead = 64;

/** Deleted between the listing and the look: then it is not part of the context. */
function gone(error: unknown): undefined {
  if (!isGone(error)) throw error;
  return undefined;
}

function isGone(error: unknown): boolean {
  return (error as { code?: string }).code === "ENOENT";
}
