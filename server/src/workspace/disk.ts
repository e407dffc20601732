import { readdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { BuildContext, ContextIgnoreFile } from "../model/context/build-context.ts";
import { ignoreFileOf, isIgnoredBy } from "../model/context/ignored.ts";
import { type IgnoreFile, parseIgnoreFile } from "../syntax/dockerignore/ignore-file.ts";
import { isSameRead, type ReadResult } from "./decode.ts";
import { executableOnDisk, kindOnDisk, readOnDisk, sizeOnDisk } from "./look-at-disk.ts";

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
    if (known !== undefined && !isSameRead(known, now)) this.forget(path);
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
