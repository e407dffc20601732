import { join } from "node:path";
import type { Steps } from "../text/steps.ts";
import type { Disk } from "./disk.ts";
import { kindOfFile } from "./languages.ts";

/** A folder with more in it is no place where people keep files that they write. */
const MOST_FOLDERS = 3_000;
const MOST_FILES = 500;

/** Folders that hold what others wrote, or what was made. */
const FOREIGN = /^(?:\..*|node_modules|vendor|target|dist|build|out|venv|__pycache__)$/;

/** Most names are those of files, and need no look at the disk to tell. */
const FILE =
  /\.(?:[cm]?[jt]sx?|json|md|txt|ya?ml|toml|xml|html?|s?css|less|svg|png|jpe?g|gif|ico|webp|pdf|go|rs|py|rb|php|java|kt|cs|csproj|sln|c|h|cc|cpp|hpp|swift|scala|sql|sh|ps1|lock|map|mod|sum|log|zip|gz|jar)$/i;

/**
 * Dockerfiles and Compose files in the opened folders, those near the top first; symbolic links to folders are followed no
 * further than the bound.
 */
export function* filesOfWorkspace(folders: readonly string[], disk: Disk): Steps<readonly string[]> {
  const found: string[] = [];
  const waiting = [...folders];
  for (let at = 0; at < waiting.length && at < MOST_FOLDERS && found.length < MOST_FILES; at++) {
    const folder = waiting[at] ?? "";
    for (const name of disk.list(folder) ?? []) {
      const path = join(folder, name);
      if (kindOfFile(name)) {
        if (disk.kindOf(path) === "file") found.push(path);
      } else if (!FOREIGN.test(name) && !FILE.test(name) && disk.kindOf(path) === "directory")
        waiting.push(path);
    }
    yield;
  }
  return found;
}
