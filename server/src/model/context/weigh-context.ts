import type { BuildContext } from "./build-context.ts";

/** What a build is sent of a path. */
export interface ContextWeight {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Weighs what COPY brings of a path of the context: the file, or all files below the folder that the ignore file lets in.
 * Undefined where something cannot be read, nothing is there, or there is more than `most` entries, so that a question about a
 * context costs no more than a moment whatever is in it.
 */
export function weighContext(
  context: BuildContext,
  path: string,
  most = MOST_ENTRIES,
): ContextWeight | undefined {
  let files = 0;
  let bytes = 0;
  let seen = 0;
  const waiting = [path];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (++seen > most) return undefined;
    const { is, by } = context.isIgnored(next);
    if (is === "yes") continue;
    // An exception may bring something back below; an ignore file that cannot be read says nothing.
    if (is === "unknown" && !by) return undefined;
    const here = next;
    const kind = context.exists(here);
    if (kind === "directory") {
      const names = context.list(here);
      if (!names) return undefined;
      waiting.push(...names.map((it) => (here === "" ? it : `${here}/${it}`)));
    } else {
      const size = kind === "file" ? context.size?.(here) : undefined;
      if (size === undefined) return undefined;
      files++;
      bytes += size;
    }
  }
  return { files, bytes };
}

/** A tenth of a second on a usual disk. */
const MOST_ENTRIES = 5000;
