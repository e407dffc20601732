import type { Stats } from "node:fs";
import { open, readlink } from "node:fs/promises";
import { sep } from "node:path";
import type { ContextEntry } from "./context/context-walk.ts";
import { EngineError } from "./engine.ts";
import { otherFailure } from "./failures.ts";

/** Permissions as an engine gets them. Windows has no executable bit; `docker build` there makes everything executable. */
export function modeOf(stats: Stats): number {
  return process.platform === "win32" ? 0o755 : stats.mode & 0o7777;
}

/** Where a symbolic link leads, with `/`. */
export async function linkTarget(entry: ContextEntry): Promise<string> {
  try {
    return (await readlink(entry.absolute)).split(sep).join("/");
  } catch (error) {
    throw unreadable(entry.path, error);
  }
}

/** What to do about a file of the build context that cannot be read, or is gone. */
export function unreadable(path: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (isGone(error))
    return otherFailure(
      `${path} went away while the build context was being sent. Build again once nothing removes it, or name it in .dockerignore.`,
    );
  return otherFailure(
    `${path} in the build context cannot be read: ${reason(error)}. Allow reading it, or name it in .dockerignore.`,
  );
}

/** A file of the build context that lost bytes after its size had been told. */
export function changed(path: string): EngineError {
  return otherFailure(
    `${path} became shorter while it was being sent. Build again once nothing writes to it, or name it in .dockerignore.`,
  );
}

/** BuildKit refuses it in words of its protocol (28.5.2). */
export function oddName(path: string): EngineError {
  return otherFailure(
    `${path} in the build context has a name that is not UTF-8, which engines do not take. Rename it, or name it in .dockerignore (“?” stands for the odd character).`,
  );
}

/** Up to `length` bytes from the file's beginning, however long it is by now. */
export async function readStart(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(buffer, filled, length - filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}

/** There is no such file, or what was a folder above it is none any more. */
export function isGone(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes((error as { code?: string }).code ?? "");
}

/** Node's error in a few words. */
export function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === "ENOENT") return "it does not exist";
  if (code === "ENOSPC") return "the disk of this machine is full";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return message ?? String(error);
}
