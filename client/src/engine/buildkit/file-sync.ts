import type { Stats } from "node:fs";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import protobuf from "protobufjs/light.js";
import { type ContextEntry, walkContext } from "../context/context-walk.ts";
import { followedPaths, onlyThese } from "../context/followed-paths.ts";
import { readIgnoreFile } from "../context/ignore-file.ts";
import { changed, linkTarget, modeOf, readStart, unreadable } from "../local-files.ts";
import type { GrpcCall } from "./grpc.ts";

/** What BuildKit was told of a folder, and what of it it took. */
export interface SyncCount {
  files: number;
  /** Of all those files. */
  bytes: number;
  /** Of those that BuildKit had not yet. */
  sentBytes: number;
}

/**
 * The messages of fsutil's protocol (tonistiigi/fsutil, types/wire.proto and stat.proto, send.go; read 2026-11): we tell every entry, in order,
 * then an empty one; BuildKit asks for contents by the entry's number, gets them in pieces and an empty piece, and says that it is done.
 */
const packetOf = protobuf.Root.fromJSON({
  nested: {
    Packet: {
      fields: {
        type: { type: "int32", id: 1 },
        stat: { type: "Stat", id: 2 },
        ID: { type: "uint32", id: 3 },
      },
    },
    Stat: {
      fields: {
        path: { type: "string", id: 1 },
        mode: { type: "uint32", id: 2 },
        size: { type: "int64", id: 5 },
        modTime: { type: "int64", id: 6 },
        linkname: { type: "string", id: 7 },
      },
    },
  },
}).lookupType("Packet");

const stat = 0;
const request = 1;
const data = 2;
const fin = 3;
const failed = 4;

/** What is kept of a file until it is asked for: of a hundred thousand files more would be hundreds of megabytes. */
type ToldFile = Pick<ContextEntry, "path" | "size">;

/** `content` is the packet's data, which is not copied into the message. */
type Send = (packet: object, content?: Uint8Array) => Promise<void>;

interface Packet {
  readonly type: number;
  readonly ID?: number;
}

/** Bits of Go's os.FileMode that are not permissions. */
const goDirectory = 0x8000_0000;
const goLink = 0x0800_0000;
const goSetuid = 0x0080_0000;
const goSetgid = 0x0040_0000;
const goSticky = 0x0010_0000;

/** Files in flight at a time, and the size of a piece: the engine's side accepts messages of up to 4 MB. */
const atATime = 16;
const pieceSize = 256 * 1024;

/**
 * Answers moby.filesync.v1.FileSync/DiffCopy for one folder. Which paths count (`followpaths`) and which are left out (`exclude-patterns`, what
 * the ignore file says) is BuildKit's to tell, so that it is what `docker build` does. Throws EngineError for what cannot be read.
 */
export async function syncFolder(
  call: GrpcCall,
  folder: string,
  count: SyncCount,
  skip: (sentence: string) => void,
): Promise<void> {
  const ignore = readIgnoreFile(call.metadata("exclude-patterns").join("\n"));
  const paths = [...call.metadata("followpaths"), ...call.metadata("include-patterns")];
  const wanted = paths.length > 0 ? onlyThese(await followedPaths(folder, paths)) : undefined;
  const files = new Map<number, ToldFile>();
  const send: Send = (packet, content) => {
    const begin = packetOf.encode(packet).finish();
    return content ? call.send(begin, fieldHeader(content.length), content) : call.send(begin);
  };

  const telling = (async () => {
    let number = 0;
    for await (const entry of walkContext(folder, ignore, skip, wanted, call.signal)) {
      if (entry.kind === "file") {
        files.set(number, { path: entry.path, size: entry.size });
        count.files++;
        count.bytes += entry.size;
      }
      number++;
      await send({ type: stat, stat: await statOf(entry) });
    }
    await send({ type: stat });
  })();
  // What goes wrong in telling or sending has to end the answering as well: the engine would wait for ever.
  let onTrouble: (error: unknown) => void = () => {};
  const trouble = new Promise<never>((_, reject) => {
    onTrouble = reject;
  });
  telling.catch(onTrouble);
  try {
    await Promise.race([
      answering(call, files, (number, file) => sendFile(folder, file, number, send, count), onTrouble),
      trouble,
    ]);
  } catch (error) {
    const said = Buffer.from(error instanceof Error ? error.message : String(error));
    await send({ type: failed }, said).catch(() => {});
    throw error;
  }
  await telling;
  await send({ type: fin });
}

/** Has contents sent as they are asked for, until the engine has all. */
async function answering(
  call: GrpcCall,
  files: Map<number, ToldFile>,
  sendOne: (number: number, file: ToldFile) => Promise<void>,
  onTrouble: (error: unknown) => void,
): Promise<void> {
  const running = new Set<Promise<void>>();
  for await (const message of call.messages) {
    const packet = packetOf.decode(message) as unknown as Packet;
    if (packet.type === fin) return;
    if (packet.type !== request) throw new Error(`The engine asked for something unknown (${packet.type}).`);
    const number = packet.ID ?? 0;
    const file = files.get(number);
    // It asks once.
    files.delete(number);
    if (!file) throw new Error(`The engine asked for a file that it was not told of (${number}).`);
    const sending: Promise<void> = sendOne(number, file).then(() => void running.delete(sending), onTrouble);
    running.add(sending);
    if (running.size >= atATime) await Promise.race(running);
  }
  throw new Error("The engine stopped asking before it had everything.");
}

async function sendFile(
  folder: string,
  { path, size }: ToldFile,
  ID: number,
  send: Send,
  count: SyncCount,
): Promise<void> {
  let read = 0;
  for await (const piece of piecesOf(folder, path, size)) {
    read += piece.length;
    count.sentBytes += piece.length;
    await send({ type: data, ID }, piece);
  }
  if (read < size) throw changed(path);
  await send({ type: data, ID });
}

/** A log that grows is sent as long as it was when it was found. Throws EngineError for what cannot be read. */
async function* piecesOf(folder: string, path: string, size: number): AsyncGenerator<Uint8Array> {
  if (size === 0) return;
  const absolute = join(folder, path);
  try {
    if (size <= pieceSize) yield await readStart(absolute, size);
    else yield* createReadStream(absolute, { end: size - 1, highWaterMark: pieceSize });
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Number and length of a field of bytes, as Protocol Buffers write them: field 4, the packet's data. */
function fieldHeader(length: number): Uint8Array {
  return protobuf.Writer.create().uint32(0x22).uint32(length).finish();
}

async function statOf(entry: ContextEntry): Promise<object> {
  const { stats, kind } = entry;
  return {
    path: entry.path,
    mode: goMode(stats, kind),
    size: entry.size,
    modTime: nanoseconds(stats.mtimeMs),
    // Owners are left out, which means root, as `docker build` sends it.
    ...(kind === "link" && { linkname: await linkTarget(entry) }),
  };
}

function goMode(stats: Stats, kind: ContextEntry["kind"]): number {
  if (kind === "link") return goLink + 0o777;
  const mode = modeOf(stats);
  return (
    (mode & 0o777) +
    (kind === "directory" ? goDirectory : 0) +
    (mode & 0o4000 ? goSetuid : 0) +
    (mode & 0o2000 ? goSetgid : 0) +
    (mode & 0o1000 ? goSticky : 0)
  );
}

/** As protobufjs takes 64 bits: two halves. Exact to a microsecond, which is what a JavaScript number of ms holds. */
function nanoseconds(milliseconds: number): { low: number; high: number; unsigned: boolean } {
  const value = BigInt(Math.round(milliseconds * 1000)) * 1000n;
  return {
    low: Number(BigInt.asIntN(32, value)),
    high: Number(BigInt.asIntN(32, value >> 32n)),
    unsigned: false,
  };
}
