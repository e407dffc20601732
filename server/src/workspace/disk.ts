import { closeSync, fstatSync, openSync, readdirSync, readSync, type Stats, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { BuildContext, ContextIgnoreFile } from "../model/context/build-context.ts";
import { ignoreFileOf, isIgnoredBy } from "../model/context/ignored.ts";
import { type IgnoreFile, parseIgnoreFile } from "../syntax/dockerignore/ignore-file.ts";

/** What reading a file gives. Only `text` and `absent` say something about the file; the others are for the user. */
export type ReadResult =
  | {
      readonly kind: "text";
      readonly text: string;
      /** False when bytes were no UTF-8: writing `text` back would change them. */
      readonly faithful: boolean;
      /** Where in `text` the first of those bytes is. */
      readonly brokenAt?: number;
    }
  /** `utf16` is the text of a file in that encoding with its mark at the start, which Compose reads and BuildKit does not. */
  | { readonly kind: "binary"; readonly utf16?: string }
  | { readonly kind: "absent" | "directory" | "too-large" | "unreadable" };

/** Larger files are not read: no hand-written Dockerfile or Compose file comes near, and a checker must not eat memory. */
export const LARGEST_FILE = 4 * 1024 * 1024;
/** As BuildContext says. */
const LARGEST_CONTEXT_FILE = 256 * 1024;
const LONGEST_LISTING = 10_000;

/**
 * Files as the server sees them: what was read is remembered until `forget`, what stands in a folder for seconds. Synchronous, as
 * the model asks in the middle of an evaluation; bounded, as a build context can be anything.
 */
export class Disk {
  readonly #kinds = new Map<string, Seen<"file" | "directory" | "absent" | "unknown">>();
  readonly #listings = new Map<string, Seen<readonly string[] | undefined>>();
  readonly #texts = new Map<string, ReadResult>();
  readonly #ignoreFiles = new Map<string, IgnoreFile>();
  readonly #contexts = new Map<string, Seen<BuildContext>>();
  #generation = 0;

  /** Changes whenever something was forgotten: answers that were built on the disk are old then. */
  get generation(): number {
    return this.#generation;
  }

  /** Without a path, everything. */
  forget(path?: string): void {
    this.#generation++;
    this.#contexts.clear();
    if (path === undefined) {
      this.#kinds.clear();
      this.#listings.clear();
      this.#texts.clear();
      this.#ignoreFiles.clear();
      return;
    }
    this.#kinds.delete(path);
    this.#texts.delete(path);
    this.#ignoreFiles.delete(path);
    this.#listings.delete(resolve(path, ".."));
    this.#listings.delete(path);
  }

  kindOf(path: string): "file" | "directory" | "absent" | "unknown" {
    return seenLately(this.#kinds, path, () => kindOnDisk(path));
  }

  list(path: string): readonly string[] | undefined {
    return seenLately(this.#listings, path, () => {
      try {
        const names = readdirSync(path);
        return names.length > LONGEST_LISTING ? undefined : names.sort();
      } catch {
        return undefined;
      }
    });
  }

  read(path: string): ReadResult {
    return remembered(this.#texts, path, () => readOnDisk(path));
  }

  /** As `read`, but what stands there now, whatever was remembered: news of a change come a moment late. */
  readNow(path: string): ReadResult {
    const now = readOnDisk(path);
    const known = this.#texts.get(path);
    if (known !== undefined && !isSame(known, now)) this.forget(path);
    this.#texts.set(path, now);
    return now;
  }

  /**
   * A folder as the build context that COPY sees when `dockerfile`, an absolute path, is built in it. The same object as long as
   * what is in a folder counts: what was evaluated with it holds for as long.
   */
  contextAt(folder: string, dockerfile?: string, origin: BuildContext["origin"] = "guessed"): BuildContext {
    const key = [resolve(folder), dockerfile ?? "", origin].join("\n");
    return seenLately(this.#contexts, key, () => this.#makeContext(resolve(folder), dockerfile, origin));
  }

  #makeContext(root: string, dockerfile: string | undefined, origin: BuildContext["origin"]): BuildContext {
    const inside = (path: string): string | undefined => {
      const full = resolve(join(root, path));
      return full === root || full.startsWith(root.endsWith(sep) ? root : root + sep) ? full : undefined;
    };
    const exists: BuildContext["exists"] = (path) => {
      const full = inside(path);
      return full === undefined ? "unknown" : this.kindOf(full);
    };
    let found: FoundIgnoreFile | undefined;
    const ignoreFile = () => {
      found ??= this.#ignoreFileFor(root, dockerfile);
      return found;
    };
    return {
      origin,
      get ignoreFile() {
        return ignoreFile().state;
      },
      exists,
      list: (path) => {
        const full = inside(path);
        return full === undefined ? undefined : this.list(full);
      },
      read: (path) => {
        const full = inside(path);
        const result = full === undefined ? undefined : this.read(full);
        return result?.kind === "text" && result.text.length <= LARGEST_CONTEXT_FILE
          ? result.text
          : undefined;
      },
      size: (path) => {
        const full = inside(path);
        return full === undefined ? undefined : sizeOnDisk(full);
      },
      isExecutable: (path) => {
        const full = inside(path);
        return full === undefined ? undefined : executableOnDisk(full);
      },
      isIgnored: (path) => {
        const { state, rules } = ignoreFile();
        const full = inside(path);
        if (full === undefined || state.kind === "unreadable") return { is: "unknown" };
        if (state.kind === "none" || !rules) return { is: "no" };
        const clean = relative(root, full).replaceAll(sep, "/");
        return isIgnoredBy(rules, clean, state.file, exists);
      },
    };
  }

  #ignoreFileFor(root: string, dockerfile: string | undefined): FoundIgnoreFile {
    const own = dockerfile === undefined ? undefined : `${dockerfile}.dockerignore`;
    if (own !== undefined && this.kindOf(own) !== "absent") return this.#readIgnoreFile(own, true);
    const common = join(root, ".dockerignore");
    return this.kindOf(common) === "absent"
      ? { state: { kind: "none", common, own }, rules: undefined }
      : this.#readIgnoreFile(common, false);
  }

  #readIgnoreFile(file: string, own: boolean): FoundIgnoreFile {
    const read = this.read(file);
    if (read.kind !== "text") {
      const problem = "it cannot be read";
      return { state: { kind: "unreadable", file, own, problem, span: undefined }, rules: undefined };
    }
    const rules = remembered(this.#ignoreFiles, file, () => parseIgnoreFile(read.text));
    const text = read.faithful ? read.text : undefined;
    return { state: ignoreFileOf(rules, file, own, text), rules };
  }
}

interface FoundIgnoreFile {
  readonly state: ContextIgnoreFile;
  /** Undefined where there is none, or it cannot be read. */
  readonly rules: IgnoreFile | undefined;
}

/** Bytes as text, a byte order mark kept. What is no text in any encoding that Docker reads is `binary`. */
export function decode(bytes: Uint8Array): ReadResult {
  const utf16 = decodeUtf16(bytes);
  if (utf16 !== undefined) return { kind: "binary", utf16 };
  // A NUL is in no text.
  if (bytes.includes(0)) return { kind: "binary" };
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (!text.includes(REPLACEMENT)) return { kind: "text", text, faithful: true };
  // A few bytes in an old encoding are somebody's name in a comment; a tenth of the file is noise.
  const strange = text.split(REPLACEMENT).length - 1;
  if (strange > 16 && strange * 10 > text.length) return { kind: "binary" };
  const broken = firstDifference(Buffer.from(text, "utf8"), bytes);
  if (broken === undefined) return { kind: "text", text, faithful: true };
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, broken));
  return { kind: "text", text, faithful: false, brokenAt: text.lastIndexOf(REPLACEMENT, before.length) };
}

/** Undefined where the bytes do not begin with the mark of UTF-16, or are none. */
function decodeUtf16(bytes: Uint8Array): string | undefined {
  const mark = bytes.length % 2 === 0 ? `${bytes[0]} ${bytes[1]}` : "";
  if (mark !== "255 254" && mark !== "254 255") return undefined;
  const text = new TextDecoder(mark === "255 254" ? "utf-16le" : "utf-16be").decode(bytes);
  return text.includes(REPLACEMENT) || text.includes("\0") ? undefined : text;
}

/** Index of the first byte that is another one; undefined when there is none. */
function firstDifference(one: Uint8Array, other: Uint8Array): number | undefined {
  const end = Math.max(one.length, other.length);
  for (let at = 0; at < end; at++) if (one[at] !== other[at]) return at;
  return undefined;
}

/** What the decoder puts in place of bytes that are no UTF-8. */
const REPLACEMENT = "\uFFFD";

function isSame(one: ReadResult, other: ReadResult): boolean {
  if (one.kind !== "text" || other.kind !== "text") return one.kind === other.kind;
  return one.text === other.text && one.faithful === other.faithful;
}

function readOnDisk(path: string): ReadResult {
  let file: number | undefined;
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return { kind: "directory" };
    // A pipe or device would be waited for, perhaps for ever.
    if (!stats.isFile()) return { kind: "unreadable" };
    if (stats.size > LARGEST_FILE) return { kind: "too-large" };
    file = openSync(path, "r");
    return decode(readBytes(file, fstatSync(file)));
  } catch (error) {
    return { kind: isAbsent(error) ? "absent" : "unreadable" };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readBytes(file: number, { size }: Stats): Uint8Array {
  const bytes = Buffer.alloc(Math.min(size, LARGEST_FILE));
  let done = 0;
  while (done < bytes.length) {
    const count = readSync(file, bytes, done, bytes.length - done, null);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}

function kindOnDisk(path: string): "file" | "directory" | "absent" | "unknown" {
  try {
    // Most that is asked for is not there, and an exception for each costs more than the look.
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return "absent";
    return stats.isDirectory() ? "directory" : "file";
  } catch (error) {
    return isAbsent(error) ? "absent" : "unknown";
  }
}

function sizeOnDisk(path: string): number | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? stats.size : undefined;
  } catch {
    return undefined;
  }
}

/** Windows has no such bit, and Docker sets it there for all. */
function executableOnDisk(path: string): boolean | undefined {
  if (process.platform === "win32") return undefined;
  try {
    return (statSync(path).mode & 0o111) !== 0;
  } catch {
    return undefined;
  }
}

function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** What stood in a folder, and when. */
interface Seen<T> {
  readonly value: T;
  readonly at: number;
}

/**
 * No editor tells of each file that a build or a terminal makes, so what is in a folder counts for a few seconds: long enough
 * for one evaluation, and the next edit sees what is new.
 */
const FRESH_FOR = 3000;

function seenLately<T>(memory: Map<string, Seen<T>>, path: string, look: () => T): T {
  const now = Date.now();
  const before = memory.get(path);
  if (before && now - before.at < FRESH_FOR) return before.value;
  const value = look();
  memory.set(path, { value, at: now });
  return value;
}

function remembered<T>(memory: Map<string, T>, path: string, read: () => T): T {
  if (memory.has(path)) return memory.get(path) as T;
  const value = read();
  memory.set(path, value);
  return value;
}
