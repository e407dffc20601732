import type { Stats } from "node:fs";
import { readlink } from "node:fs/promises";
import { sep } from "node:path";
import type { ContextEntry } from "./context-walk.ts";
import { EngineError } from "./engine.ts";
import { other } from "./failures.ts";

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

export function unreadable(path: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return other(
    `${path} in the build context cannot be read: ${reason(error)}. Allow reading it, or name it in .dockerignore.`,
  );
}

export function changed(path: string): EngineError {
  return other(
    `${path} became shorter while it was being sent. Build again once nothing writes to it, or name it in .dockerignore.`,
  );
}

/** Node's error in a few words. */
export function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === "ENOENT") return "it does not exist";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return message ?? String(error);
}
