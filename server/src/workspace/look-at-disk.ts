import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { decode, type ReadResult } from "./decode.ts";

/** Larger files are not read: no hand-written Dockerfile or Compose file comes near, and a checker must not eat memory. */
export const LARGEST_FILE = 4 * 1024 * 1024;

/** Text of a file; a folder, a pipe or a large file has none. */
export function readOnDisk(path: string): ReadResult {
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

/** What stands at a path; `unknown` where the system does not tell. */
export function kindOnDisk(path: string): "file" | "directory" | "absent" | "unknown" {
  try {
    // Most that is asked for is not there, and an exception for each costs more than the look.
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return "absent";
    return stats.isDirectory() ? "directory" : "file";
  } catch (error) {
    return isAbsent(error) ? "absent" : "unknown";
  }
}

/** Bytes of a file; undefined for anything else. */
export function sizeOnDisk(path: string): number | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? stats.size : undefined;
  } catch {
    return undefined;
  }
}

/** May a file be executed? Undefined on Windows, which has no such bit, where Docker sets it for all. */
export function executableOnDisk(path: string): boolean | undefined {
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
