import type { LayerEntry } from "./layer.ts";
import { nameOf } from "./tar/tar-name.ts";

/**
 * The words for `stat -c` of GNU coreutils and busybox, which print a line of it for each path: mode in hex, size, owner, device and
 * inode, names, and the path with where it leads. `mark` is in front of each line: a name may have line ends in it.
 */
export function listingFormat(mark: string): string {
  return `${mark} %f %s %u %g %d %i %h %N`;
}

/**
 * What such a listing says of each path below each of `roots`, where file systems are mounted. Of a file with several names the first is the
 * file and the others are hard links to it, as their inode tells. Undefined for what was not printed so.
 */
export function readListing(
  bytes: Buffer,
  mark: string,
  roots: readonly string[],
): readonly (readonly LayerEntry[])[] | undefined {
  const listed: LayerEntry[][] = roots.map(() => []);
  const firstNames = new Map<string, string>();
  const separator = Buffer.from(`\n${mark} `);
  if (!bytes.subarray(0, separator.length - 1).equals(separator.subarray(1)) || bytes.at(-1) !== NEWLINE)
    return undefined;
  for (let at = separator.length - 1; at < bytes.length; ) {
    const next = bytes.indexOf(separator, at);
    const end = next < 0 ? bytes.length - 1 : next;
    const line = readLine(bytes.subarray(at, end));
    const root = roots.findIndex((it) => line?.path === it || line?.path.startsWith(`${it}/`));
    const entries = listed[root];
    if (!line || !entries) return undefined;
    at = end + separator.length;
    const path = line.path.slice(roots[root]?.length);
    // What it is mounted at is no path of the image.
    if (path === "") continue;
    const entry = { ...line, path };
    const key = line.inode === undefined ? undefined : `${root} ${line.inode}`;
    entries.push(entryOf(entry, key === undefined ? undefined : firstNames.get(key)));
    if (key !== undefined && !firstNames.has(key)) firstNames.set(key, path);
  }
  return listed;
}

function entryOf({ inode: _, ...entry }: Line, first: string | undefined): LayerEntry {
  return first === undefined ? entry : { ...entry, kind: "hard-link", size: 0, target: first };
}

const NEWLINE = 0x0a;
const ARROW = " -> ";
/** Seven numbers of 64 bits. */
const LONGEST_FIGURES = 160;

interface Line extends LayerEntry {
  /** Of a file that has several names. */
  readonly inode: string | undefined;
}

function readLine(line: Buffer): Line | undefined {
  // Seven figures, each with a blank behind it.
  const [figures] = /^(?:[0-9a-f]+ ){7}/.exec(line.toString("latin1", 0, LONGEST_FIGURES)) ?? [];
  if (figures === undefined) return undefined;
  const [rawMode = "", ...decimals] = figures.trimEnd().split(" ");
  const [size = 0, uid = 0, gid = 0, , , names = 0] = decimals.map(Number);
  const mode = Number.parseInt(rawMode, 16);
  const kind = kinds.get(mode & 0xf000);
  const named = namesOf(line.subarray(figures.length), kind === "symlink" ? size : undefined);
  if (kind === undefined || named === undefined) return undefined;
  return {
    ...{ kind, uid, gid, ...named, mode: mode & 0o7777, hash: undefined },
    size: kind === "file" ? size : 0,
    inode: kind === "file" && names > 1 ? `${decimals[3]} ${decimals[4]}` : undefined,
  };
}

/** Of a link, `length` bytes are where it leads: `path -> target`, which busybox writes `'path' -> 'target'`. */
function namesOf(
  bytes: Buffer,
  length: number | undefined,
): { readonly path: string; readonly target: string | undefined } | undefined {
  if (length === undefined) return { path: nameOf(bytes), target: undefined };
  const quote = bytes[0] === 0x27 ? 1 : 0;
  const end = bytes.length - quote - length;
  const arrow = end - quote - ARROW.length;
  if (bytes.toString("latin1", arrow, arrow + ARROW.length) !== ARROW) return undefined;
  return {
    path: nameOf(bytes.subarray(quote, arrow - quote)),
    target: nameOf(bytes.subarray(end, end + length)),
  };
}

/** `S_IFMT` of Linux (inode(7)). Sockets are in no image. */
const kinds = new Map<number, LayerEntry["kind"]>([
  [0x1000, "fifo"],
  [0x2000, "device"],
  [0x4000, "directory"],
  [0x6000, "device"],
  [0x8000, "file"],
  [0xa000, "symlink"],
  [0xc000, "other"],
]);
