import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { atEnd, Expected } from "./ending.ts";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What the program reads on standard input. */
  readonly input?: string;
}

/** Runs a program to its end and answers what it printed; throws an `Expected` with its errors when it fails. */
export async function output(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const child = start(program, args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin?.on("error", () => {}).end(options.input);
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  const status = await ended(child);
  const [out, err] = await printed;
  if (status === 0) return out;
  const detail = (err.trim() || out.trim()).split("\n").slice(-15).join("\n");
  throw new Expected(
    `\`${[path.basename(program), ...args].join(" ").slice(0, 200)}\` ended with ${status}.\n${detail}`,
  );
}

/** Runs a program on this terminal and answers its status. */
export async function show(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<number> {
  return ended(start(program, args, { ...options, stdio: ["ignore", "inherit", "inherit"] }));
}

/** Starts a program in a process group of its own; the group ends with the command at the latest. */
export function start(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, args, { ...options, detached: process.platform !== "win32" });
  const forget = atEnd(() => stopGroup(child));
  child.once("close", () => {
    // What the program left behind in its group is nobody's.
    void forget();
  });
  return child;
}

/** Ends a program and all that it started: asked first, forced after `patience` milliseconds. */
export async function stopGroup(child: ChildProcess, patience = 5_000): Promise<void> {
  if (!signalGroup(child, "SIGTERM")) return;
  const deadline = Date.now() + patience;
  while (signalGroup(child, 0)) {
    if (Date.now() > deadline) {
      signalGroup(child, "SIGKILL");
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** False when nothing of the group is left. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  if (process.platform === "win32") return child.exitCode === null && child.kill(signal);
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}

/** The status of a program once it has ended and its output is read. */
export function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        new Expected(error.code === "ENOENT" ? `There is no program \`${child.spawnfile}\`.` : error.message),
      );
    });
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** The absolute path of a program on PATH. */
export function onPath(program: string): string | undefined {
  const names = process.platform === "win32" ? [`${program}.exe`, `${program}.cmd`] : [program];
  const { PATH = "" } = process.env;
  const folders = PATH.split(path.delimiter);
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function text(stream: NodeJS.ReadableStream | null): Promise<string> {
  if (!stream) return "";
  stream.setEncoding("utf8");
  let all = "";
  for await (const chunk of stream) all += chunk;
  return all;
}
