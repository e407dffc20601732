import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tools } from "./places.ts";

/**
 * Does `act` while no other process does what has the same name: two commands that both find something missing
 * must not fetch it into the same folder.
 */
export async function inTurn<T>(name: string, act: () => Promise<T>): Promise<T> {
  const lock = path.join(tools, `${name}.lock`);
  mkdirSync(tools, { recursive: true });
  for (let waited = false; !take(lock); waited = true) {
    if (!waited) console.log(`Waiting for another process to be done with ${name}.`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    return await act();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** A folder comes into being as a whole and only once, so it is the lock; in it is who has it. */
function take(lock: string): boolean {
  const mine = `${lock}.${process.pid}`;
  mkdirSync(mine, { recursive: true });
  writeFileSync(path.join(mine, "owner"), processName(process.pid));
  try {
    renameSync(mine, lock);
    return true;
  } catch {
    rmSync(mine, { recursive: true, force: true });
  }
  const owner = read(path.join(lock, "owner"));
  if (owner !== undefined && !isRunning(owner)) rmSync(lock, { recursive: true, force: true });
  return false;
}

/** A process by its number and, where the system tells, its start, as numbers are given again. */
export function processName(pid: number): string {
  const started = read(`/proc/${pid}/stat`)?.split(") ").at(-1)?.split(" ")[19];
  return `${pid} ${started ?? ""}`.trim();
}

/** Whether the process of that name still runs. */
export function isRunning(name: string): boolean {
  const pid = Number(name.split(" ")[0]);
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return processName(pid) === name;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
