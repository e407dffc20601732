import type { Stats } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { otherFailure, throwIfAborted } from "../failures.ts";
import { isGone, oddName, reason, unreadable } from "../local-files.ts";
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
 * Walks a build context in the order of its names. An ignored folder appears only when something inside it comes back by an
 * exception, as in `docker build`; so does one that is not `wanted` itself. Links are not followed. What cannot be sent (sockets,
 * pipes, devices) is told to `skip`. Throws EngineError for what cannot be read, and when `signal` is aborted: also where nothing
 * is to be told for long, as in a large folder that is ignored.
 */
export async function* walkContext(
  root: string,
  ignore: IgnoreFile,
  skip: (sentence: string) => void,
  wanted: Wanted = everything,
  signal?: AbortSignal,
): AsyncGenerator<ContextEntry> {
  yield* walk("", ignore.root, []);

  /** `hidden` are the folders above that count only for what is in them, not yet told. */
  async function* walk(
    folder: string,
    decision: IgnoreDecision,
    hidden: ContextEntry[],
  ): AsyncGenerator<ContextEntry> {
    for await (const { path, absolute, stats } of look(root, folder, signal)) {
      const here = ignore.decide(path, decision);
      if (stats === undefined) {
        if (!here.ignored && wanted.includes(path)) throw oddName(path);
        continue;
      }

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
    throw otherFailure(
      `The folder ${folder || absolute} of the build context cannot be read: ${reason(error)}. Allow reading it, or name it in .dockerignore.`,
    );
  }
}

interface Looked {
  readonly path: string;
  readonly absolute: string;
  /** Undefined for a name that cannot be told to an engine. */
  readonly stats: Stats | undefined;
}

/** Looks at the entries of a folder in their order, many at a time. */
async function* look(root: string, folder: string, signal: AbortSignal | undefined): AsyncGenerator<Looked> {
  const all = await names(join(root, folder), folder);
  for (let at = 0; at < all.length; at += lookAhead) {
    throwIfAborted(signal);
    const some = all.slice(at, at + lookAhead).map((name) => {
      const path = folder === "" ? name : `${folder}/${name}`;
      return { path, absolute: join(root, path) };
    });
    const found = await Promise.all(
      some.map(({ path, absolute }) => lstat(absolute).catch((error) => gone(path, error))),
    );
    for (const [index, entry] of some.entries()) {
      const stats = found[index];
      if (stats || entry.path.includes(notUtf8)) yield { ...entry, stats };
    }
  }
}

const lookAhead = 64;

/** What Node puts for bytes that are no UTF-8: a name with it is usually not found again. */
const notUtf8 = "\ufffd";

/** Deleted between the listing and the look: then it is not part of the context. */
function gone(path: string, error: unknown): undefined {
  if (!isGone(error)) throw unreadable(path, error);
  return undefined;
}
