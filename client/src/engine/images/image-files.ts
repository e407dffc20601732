import { extract } from "tar-stream";
import { type Connection, call, open } from "../connection.ts";
import { ImageTree, join, partsOf, type TreeEntry } from "./image-tree.ts";

/** How much may be read of one image. */
export interface ReadLimits {
  /** Bytes that the engine may send. */
  readonly bytes: number;
  readonly entries: number;
  /** After that nothing more is begun, and what was read counts as a part: a forwarded socket may be slow. */
  readonly milliseconds: number;
}

/** A file of an image, links followed. */
export interface FoundFile {
  readonly path: string;
  readonly isDirectory: boolean;
  /** Bytes; of a directory no meaning. */
  readonly size: number;
}

/** The files of an image, as much of them as it takes to say what is in it. */
export interface FilesOfImage {
  readonly tree: ImageTree;
  /** The file at a path, links followed; undefined when there is none. */
  find(path: string): Promise<FoundFile | undefined>;
  /** Makes the tree know a directory and what is below it. `directory` is not a link. */
  readDirectory(directory: string): Promise<void>;
  /** Text of a small file, links followed; null when there is none, undefined when it is not known. */
  text(path: string): Promise<string | null | undefined>;
  /** Whether what is read is still there: without it everything looks as if it was missing. */
  isThere(): Promise<boolean>;
}

/** A list of users has a few kilobytes. */
const longestText = 1024 * 1024;

/** Go's `os.FileMode`, in which engines write modes. */
const directoryBit = 2 ** 31;
const linkBit = 2 ** 27;

/**
 * The files of a container that was never started, asked for one by one (`HEAD …/archive`, some 10 ms each on 28.5.2) or as
 * the archive of a directory, which brings the contents along: there is no listing in the API. What was read once
 * is not asked for again. Throws the errors of Node and dockerode.
 */
export class ImageFiles implements FilesOfImage {
  readonly tree = new ImageTree();
  readonly #texts = new Map<string, string>();
  readonly #connection: Connection;
  readonly #container: string;
  readonly #signal: AbortSignal | undefined;
  readonly #wanted: ReadonlySet<string>;
  #bytesLeft: number;
  readonly #mostEntries: number;
  readonly #deadline: number;

  /** `wanted` are files whose texts are kept when they come along. */
  constructor(
    connection: Connection,
    container: string,
    limits: ReadLimits,
    wanted: readonly string[],
    signal: AbortSignal | undefined,
  ) {
    this.#connection = connection;
    this.#container = container;
    this.#bytesLeft = limits.bytes;
    this.#mostEntries = limits.entries;
    this.#deadline = performance.now() + limits.milliseconds;
    this.#wanted = new Set(wanted);
    this.#signal = signal;
  }

  async find(path: string): Promise<FoundFile | undefined> {
    const known = this.tree.resolve(path);
    if (known.is === "missing") return undefined;
    if (known.is === "there") {
      const { kind, size } = known.entry;
      return { path: known.path, isDirectory: kind === "directory", size };
    }
    const found = await this.#stat(path);
    if (!found) return undefined;
    if (!isSet(found.mode, linkBit))
      return { path, isDirectory: isSet(found.mode, directoryBit), size: found.size };
    if (!found.linkTarget) return { path, isDirectory: false, size: found.size };
    // The engine has followed the link already, to the end (20.10 to 28).
    const target = `/${partsOf(found.linkTarget).join("/")}`;
    const behind = target === path ? undefined : await this.#stat(target);
    return behind && { path: target, isDirectory: isSet(behind.mode, directoryBit), size: behind.size };
  }

  async readDirectory(directory: string): Promise<void> {
    if (this.tree.isComplete(directory)) return;
    if (await this.#readArchive(directory)) this.tree.completeBelow(directory);
  }

  /** Whatever the limits. */
  async text(path: string): Promise<string | null | undefined> {
    const file = await this.find(path);
    if (!file || file.isDirectory) return null;
    if (file.size > longestText) return undefined;
    if (!this.#texts.has(file.path)) await this.#readArchive(file.path, true);
    return this.#texts.get(file.path);
  }

  async isThere(): Promise<boolean> {
    const path = `/containers/${this.#container}/json`;
    return call(this.#connection, { method: "GET", path }, this.#signal).then(
      () => true,
      (error: { readonly statusCode?: number }) => {
        if (error.statusCode === 404) return false;
        throw error;
      },
    );
  }

  async #stat(path: string): Promise<PathStat | undefined> {
    try {
      const answer = await this.#ask("HEAD", path);
      answer.resume();
      const stat = answer.headers["x-docker-container-path-stat"];
      return JSON.parse(Buffer.from(String(stat), "base64").toString()) as PathStat;
    } catch (error) {
      if ((error as { readonly statusCode?: number }).statusCode === 404) return undefined;
      throw error;
    }
  }

  /** True when it was read to its end. */
  async #readArchive(path: string, keepText = false): Promise<boolean> {
    const answer = await this.#ask("GET", path);
    const archive = extract();
    // Whoever iterates gets the error as well.
    archive.on("error", () => {});
    answer.on("error", (error) => archive.destroy(error));
    answer.on("aborted", () =>
      archive.destroy(Object.assign(new Error("The engine broke off."), { code: "ECONNRESET" })),
    );
    answer.pipe(archive);
    try {
      for await (const entry of archive) {
        const { header } = entry;
        const at = pathOf(header.name, path);
        this.#bytesLeft -= header.size ?? 0;
        const isOver = this.#bytesLeft < 0 || this.tree.size >= this.#mostEntries;
        if (!keepText && (isOver || performance.now() > this.#deadline)) return false;
        if (at !== "/") this.tree.add(at, treeEntry(header));
        const isText = header.type === "file" && (keepText || this.#wanted.has(at));
        if (isText && (header.size ?? 0) <= longestText)
          this.#texts.set(at, await textOf(entry as AsyncIterable<Buffer>));
        else entry.resume();
      }
      return true;
    } finally {
      answer.destroy();
      archive.destroy();
    }
  }

  #ask(method: "GET" | "HEAD", path: string) {
    return open(
      this.#connection,
      { method, path: `/containers/${this.#container}/archive`, query: { path } },
      this.#signal,
    );
  }
}

interface PathStat {
  readonly size: number;
  readonly mode: number;
  /** Where a link leads in the end. */
  readonly linkTarget?: string;
}

function isSet(mode: number, bit: number): boolean {
  // Bit 31 is a sign to the operators of JavaScript.
  return Math.floor(mode / bit) % 2 === 1;
}

/** The archive of a path has its last name at the top: `bin/sh` for `/usr/bin`; that of `/` has the names of its entries. */
function pathOf(name: string, archived: string): string {
  const parts = partsOf(name);
  if (archived === "/") return `/${parts.join("/")}`;
  return [archived, ...parts.slice(1)].reduce(join);
}

function treeEntry({
  type,
  mode,
  size,
  linkname,
}: {
  readonly type?: string | null;
  readonly mode?: number;
  readonly size?: number;
  readonly linkname?: string | null;
}): TreeEntry {
  const kind =
    type === "directory"
      ? "directory"
      : type === "symlink"
        ? "link"
        : type === "file" || type === "link"
          ? "file"
          : "other";
  return {
    kind,
    executable: kind === "file" && ((mode ?? 0) & 0o111) !== 0,
    size: size ?? 0,
    target: kind === "link" ? (linkname ?? "") : undefined,
  };
}

async function textOf(entry: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of entry) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
