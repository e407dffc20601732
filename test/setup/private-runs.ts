import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isRunning, processName } from "./turns.ts";

/** Fixed and short: the path of a socket has at most 107 characters. */
const runs = "/tmp";

/**
 * A folder for a private server, named by its owner: before, what killed owners left of the same kind is ended and removed. The server
 * is noted with `noteServer`.
 */
export function newRun(prefix: string): string {
  for (const name of readdirSync(runs).filter((it) => it.startsWith(prefix))) {
    const run = path.join(runs, name);
    const owner = read(path.join(run, "owner"));
    if (owner !== undefined && isRunning(owner)) continue;
    const server = read(path.join(run, "server"));
    // Its group is its own, and all that it started ends with it.
    if (server !== undefined && isRunning(server)) process.kill(-Number(server.split(" ")[0]), "SIGKILL");
    const data = read(path.join(run, "data"));
    for (const folder of [run, ...(data === undefined ? [] : [data])])
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
  const run = mkdtempSync(path.join(runs, prefix));
  writeFileSync(path.join(run, "owner"), processName(process.pid));
  return run;
}

/** Remembers the server of a run, and where its data is when that is elsewhere. */
export function noteServer(run: string, pid: number | undefined, data?: string): void {
  if (pid !== undefined) writeFileSync(path.join(run, "server"), processName(pid));
  if (data !== undefined) writeFileSync(path.join(run, "data"), data);
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
