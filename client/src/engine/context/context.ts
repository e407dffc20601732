import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { basename, isAbsolute, join, relative, sep } from "node:path";
import { Readable } from "node:stream";
import { type Header, type Pack, pack as tarPack } from "tar-stream";
import { cancelled, otherFailure } from "../failures.ts";
import { changed, linkTarget, modeOf, readStart, reason, unreadable } from "../local-files.ts";
import { type ContextEntry, walkContext } from "./context-walk.ts";
import { type IgnoreFile, IgnoreFileError, readIgnoreFile } from "./ignore-file.ts";

/** A build context on its way to an engine without BuildKit. */
export interface BuildContext {
  /** The tar archive. Reading it is what reads the disk, so it never stands in memory as a whole. */
  readonly stream: Readable;
  /** The Dockerfile's name inside the archive. */
  readonly dockerfile: string;
  /** Counts as the archive is read. */
  readonly sent: { readonly files: number; readonly bytes: number; readonly complete: boolean };
  /** What was left out because it cannot be sent, one sentence each. */
  readonly skipped: readonly string[];
}

/** tar-stream fills the rest: root as owner, and the type from the mode. */
type EntryHeader = Pick<Header, "name"> & Partial<Header>;

export interface ContextSource {
  /** Absolute paths. */
  readonly context: string;
  readonly dockerfile: string;
  /** Instead of what the Dockerfile holds on disk. */
  readonly dockerfileText?: string;
}

const ignoreFileName = ".dockerignore";

/** Files up to this size are read whole, a few ahead of the upload; larger ones are streamed. */
const smallFile = 256 * 1024;
const readAhead = 16;
/** The archive goes out in pieces of at least this size: one write for each small file would cost more than the file. */
const pieceSize = 128 * 1024;

/**
 * Opens the build context of a folder: all that its ignore file (`<Dockerfile>.dockerignore` if there is one, else
 * `.dockerignore`) leaves, owned by root as `docker build` sends it, with modes, times and symbolic links. The Dockerfile is sent
 * even when it is ignored or lies outside, then under a name of its own; the builder takes it out again, as the ignore file that
 * goes with it says. Throws EngineError when the folder or the Dockerfile cannot be read; what goes wrong later ends the stream
 * with an EngineError.
 */
export async function openContext(source: ContextSource, signal?: AbortSignal): Promise<BuildContext> {
  await mustBeFolder(source.context);
  const text = await dockerfileOf(source);
  const { ignore, ignoreText } = await ignoreFileOf(source);
  // A text of its own stands beside the file on disk, which COPY . . takes as it is.
  const inside = source.dockerfileText === undefined ? await nameInside(source) : undefined;
  // The same text gets the same name, so that COPY . . stays in the engine's cache.
  const dockerfile =
    inside ?? `.plimsoll-${createHash("sha256").update(text).digest("hex").slice(0, 12)}.Dockerfile`;

  const ignoreFile = Buffer.from(inside ? ignoreText : `${ignoreText}\n${dockerfile}\n`);

  const skipped: string[] = [];
  const sent = { files: 0, bytes: 0, complete: false };
  const archive = tarPack();
  const stream = Readable.from(inPieces(archive), { objectMode: false, highWaterMark: 2 * pieceSize });
  // An error before anyone listens must not end the process; whoever reads the stream still gets it.
  stream.on("error", () => {});
  const onAbort = () => stream.destroy(cancelled());
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  stream.once("close", () => signal?.removeEventListener("abort", onAbort));

  // The reader of the stream gets it; the archive itself has no other listener.
  archive.on("error", () => {});
  fill().catch((error) => archive.destroy(error));
  return { stream, dockerfile, sent, skipped };

  async function fill(): Promise<void> {
    let hasDockerfile = false;
    let hasIgnoreFile = false;
    const entries = walkContext(
      source.context,
      ignore,
      (sentence) => skipped.push(sentence),
      undefined,
      signal,
    );
    for await (const { entry, content } of contentsAhead(entries, archive)) {
      if (archive.destroyed) return;
      hasDockerfile ||= entry.path === dockerfile;
      const isIgnoreFile = entry.path === ignoreFileName && entry.kind === "file";
      hasIgnoreFile ||= isIgnoreFile;
      await add(archive, entry, isIgnoreFile && !inside ? ignoreFile : await content);
      if (entry.kind === "file") {
        sent.files++;
        sent.bytes += entry.size;
      }
    }
    const header = { mode: 0o644, mtime: new Date(0) };
    if (!hasDockerfile) await addWhole(archive, { ...header, name: dockerfile }, text);
    if (!hasDockerfile && !hasIgnoreFile) {
      const own = ignoreText === "" ? Buffer.from(`${ignoreFile}${ignoreFileName}\n`) : ignoreFile;
      await addWhole(archive, { ...header, name: ignoreFileName }, own);
    }
    sent.complete = true;
    archive.finalize();
  }
}

/** Throws EngineError where the build context cannot be one. */
export async function mustBeFolder(context: string): Promise<void> {
  const found = await stat(context).catch(() => undefined);
  if (!found?.isDirectory()) throw otherFailure(`The build context ${context} is no folder.`);
}

/** What is built. */
export async function dockerfileOf({ dockerfile, dockerfileText }: ContextSource): Promise<Buffer> {
  return dockerfileText === undefined ? readDockerfile(dockerfile) : Buffer.from(dockerfileText);
}

/** Throws EngineError that names the file when it cannot be read. */
export async function readDockerfile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw otherFailure(`The Dockerfile ${path} cannot be read: ${reason(error)}.`);
  }
}

/** The Dockerfile's name in the context; undefined when it lies outside, or is a link, which would not lead anywhere there. */
async function nameInside({ context, dockerfile }: ContextSource): Promise<string | undefined> {
  const [folder, file] = await Promise.all([realpath(context), realpath(dockerfile)]).catch((error) => {
    throw unreadable(dockerfile, error);
  });
  const path = relative(folder, file);
  const outside = path.startsWith("..") || isAbsolute(path);
  const linked = relative(context, dockerfile) !== path;
  return outside || (linked && (await lstat(dockerfile)).isSymbolicLink())
    ? undefined
    : path.split(sep).join("/");
}

interface ReadIgnoreFile {
  readonly ignore: IgnoreFile;
  /** Empty when there is none. */
  readonly ignoreText: string;
}

async function ignoreFileOf({ context, dockerfile }: ContextSource): Promise<ReadIgnoreFile> {
  for (const path of [`${dockerfile}${ignoreFileName}`, join(context, ignoreFileName)]) {
    const ignoreText = await readFile(path, "utf8").catch((error) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
      throw otherFailure(`${path} cannot be read: ${reason(error)}.`);
    });
    if (ignoreText === undefined) continue;
    try {
      return { ignore: readIgnoreFile(ignoreText, process.platform === "win32"), ignoreText };
    } catch (error) {
      if (error instanceof IgnoreFileError)
        throw otherFailure(`${basename(path)}, line ${error.line}: ${error.message}.`);
      throw error;
    }
  }
  return { ignore: readIgnoreFile(""), ignoreText: "" };
}

interface Prepared {
  readonly entry: ContextEntry;
  /** Of a small file; of others undefined. */
  readonly content: Promise<Buffer | undefined>;
}

/** Reads small files ahead of the archive, so that the disk and the engine work at the same time. */
async function* contentsAhead(entries: AsyncIterable<ContextEntry>, archive: Pack): AsyncGenerator<Prepared> {
  const queue: Prepared[] = [];
  for await (const entry of entries) {
    if (archive.destroyed) return;
    const content =
      entry.kind === "file" && entry.size <= smallFile ? readWhole(entry) : Promise.resolve(undefined);
    // It is awaited later; until then a failure must not count as unhandled.
    content.catch(() => {});
    queue.push({ entry, content });
    const next = queue.length > readAhead ? queue.shift() : undefined;
    if (next) yield next;
  }
  yield* queue;
}

async function readWhole(entry: ContextEntry): Promise<Buffer> {
  let content: Buffer;
  try {
    // A log that grows is sent as long as it was when it was found.
    content = await readStart(entry.absolute, entry.size);
  } catch (error) {
    throw unreadable(entry.path, error);
  }
  if (content.length < entry.size) throw changed(entry.path);
  return content;
}

async function add(archive: Pack, entry: ContextEntry, content: Buffer | undefined): Promise<void> {
  const header = { name: entry.path, mode: modeOf(entry.stats), mtime: entry.stats.mtime };
  if (entry.kind === "directory") await addWhole(archive, { ...header, type: "directory" });
  else if (entry.kind === "link")
    await addWhole(archive, { ...header, type: "symlink", linkname: await linkTarget(entry) });
  else if (content) await addWhole(archive, header, content);
  else await addStream(archive, header, entry);
}

async function addWhole(archive: Pack, header: EntryHeader, content?: Buffer): Promise<void> {
  const { added, sink } = openEntry(archive, { ...header, size: content?.length ?? 0 });
  if (content) sink.end(content);
  await added;
}

async function addStream(archive: Pack, header: EntryHeader, entry: ContextEntry): Promise<void> {
  const { added, sink } = openEntry(archive, { ...header, size: entry.size });
  const file = createReadStream(entry.absolute, { end: entry.size - 1, highWaterMark: pieceSize });
  let read = 0;
  try {
    for await (const piece of file) {
      if (archive.destroyed) return;
      read += piece.length;
      if (!sink.write(piece)) await writable(sink);
    }
  } catch (error) {
    throw unreadable(entry.path, error);
  }
  if (read < entry.size) throw changed(entry.path);
  sink.end();
  await added;
}

interface OpenEntry {
  readonly sink: NodeJS.WritableStream;
  /** Once the archive has all of it. */
  readonly added: Promise<void>;
}

function openEntry(archive: Pack, header: EntryHeader): OpenEntry {
  let sink: NodeJS.WritableStream | undefined;
  const added = new Promise<void>((resolve, reject) => {
    sink = archive.entry(header, (error) => (error ? reject(error) : resolve())) as NodeJS.WritableStream;
  });
  // Giving up the archive fails its open entry too, and the archive's reader has that error already.
  added.catch(() => {});
  sink?.on("error", () => {});
  return { added, sink: sink as NodeJS.WritableStream };
}

/** Resolves when the entry takes more, or is closed because the archive was given up. */
function writable(sink: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      sink.off("drain", go).off("close", go);
      resolve();
    };
    sink.on("drain", go).on("close", go);
  });
}

async function* inPieces(archive: Pack): AsyncGenerator<Buffer> {
  try {
    let pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of archive as unknown as AsyncIterable<Buffer>) {
      pieces.push(piece);
      size += piece.length;
      if (size < pieceSize) continue;
      yield Buffer.concat(pieces);
      pieces = [];
      size = 0;
    }
    if (size > 0) yield Buffer.concat(pieces);
  } finally {
    archive.destroy();
  }
}
