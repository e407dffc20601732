import type { Steps } from "../../text/steps.ts";
import type { BuildContext } from "./build-context.ts";

/** What a build is sent of a path. */
export interface ContextWeight {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Weighs what COPY brings of a path of the context: the file, or all files below the folder that the ignore file lets in.
 * Undefined where something cannot be read, nothing is there, or there are more than `most` entries. Kept as long as the context.
 */
export function* weighContext(
  context: BuildContext,
  path: string,
  most = MOST_ENTRIES,
): Steps<ContextWeight | undefined> {
  const known = weighed.get(context) ?? new Map<string, ContextWeight | undefined>();
  weighed.set(context, known);
  const key = `${most} ${path}`;
  if (!known.has(key)) known.set(key, yield* walk(context, path, most));
  return known.get(key);
}

const weighed = new WeakMap<BuildContext, Map<string, ContextWeight | undefined>>();

function* walk(context: BuildContext, path: string, most: number): Steps<ContextWeight | undefined> {
  let files = 0;
  let bytes = 0;
  let seen = 0;
  const waiting = [path];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (++seen > most) return undefined;
    if (seen % IN_A_PIECE === 0) yield;
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

/** Half a second of looking on a slow disk. */
const MOST_ENTRIES = 10_000;
const IN_A_PIECE = 100;
