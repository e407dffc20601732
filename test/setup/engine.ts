import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:http";
import path from "node:path";
import { hostSuite, openSuite, withoutDebian } from "./debian.ts";
import { atEnd, Expected } from "./ending.ts";
import { tools } from "./places.ts";
import { output, start, stopGroup } from "./programs.ts";
import { telling } from "./say.ts";
import { inTurn, isRunning, processName } from "./turns.ts";

const installed = path.join(tools, "engine");

/** Where private engines live: fixed and short, since the path of a socket has at most 107 characters. */
const runs = "/tmp";
const runPrefix = "plimsoll-engine-";

/** Newest first. Packages are superseded all the time, so no version is named. */
const suites = ["forky", "trixie", "bookworm"];

/** How the engine keeps images: `graph` (overlay2) or the containerd image store. */
export type ImageStore = "graph" | "containerd";

/** A private Docker Engine. */
export interface PrivateEngine {
  /** As `DOCKER_HOST` wants it. */
  readonly dockerHost: string;
  /** Runs the `docker` command line against it and answers what it printed. */
  docker(...args: readonly string[]): Promise<string>;
  /** Stops it and removes all that it wrote; also done when the command ends. */
  stop(): Promise<void>;
}

/** Why a private engine cannot be had on this machine; undefined when it can. */
export function withoutEngine(): string | undefined {
  if (process.platform !== "linux") return "a private Docker Engine needs Linux";
  if (process.getuid?.() !== 0)
    return "a private Docker Engine needs root (`sudo npm test`, or set PLIMSOLL_DOCKER_HOST to an engine that tests may fill)";
  return existsSync(path.join(installed, "bin/dockerd")) ? undefined : withoutDebian();
}

/** Unpacks the newest engine that Debian has and that runs here into `.tools/engine`; nothing is installed on the machine. */
export function installEngine(): Promise<void> {
  return inTurn("engine", install);
}

async function install(): Promise<void> {
  if (existsSync(path.join(installed, "bin/dockerd"))) return;
  await telling("Fetching a Docker Engine from Debian into .tools", async () => {
    const failures: string[] = [];
    for (const suite of suites) {
      try {
        return await installFrom(suite);
      } catch (error) {
        failures.push(`${suite}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    throw new Expected(`No Docker Engine could be unpacked:\n${failures.join("\n")}`);
  });
}

async function installFrom(name: string): Promise<void> {
  const partial = `${installed}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const files = path.join(partial, "files");
  const suite = await openSuite(name, partial);
  const wanted = [
    "docker.io",
    "docker-cli",
    "docker-buildx",
    "docker-compose",
    "containerd",
    "busybox-static",
  ];
  const there = await suite.search(`^(${wanted.join("|").replaceAll(".", "\\.")})$`);
  await suite.unpack(
    wanted.filter((it) => there.includes(it)),
    files,
  );
  // These two need the C library that they were built with; everything else is content with an older one.
  const host = hostSuite() === name ? suite : await openSuite(hostSuite(), partial);
  const init = (await host.search("^tini(-static)?$")).toSorted().at(-1);
  await host.unpack(["runc", ...(init ? [init] : [])], files);

  const bin = path.join(partial, "bin");
  const plugins = path.join(partial, "cli/cli-plugins");
  link(bin, [
    "usr/sbin/dockerd",
    "usr/sbin/runc",
    "usr/bin/docker",
    "usr/bin/containerd",
    "usr/bin/containerd-shim-runc-v2",
  ]);
  link(bin, [
    "usr/bin/ctr",
    "usr/bin/busybox",
    "bin/busybox",
    "usr/sbin/docker-proxy",
    "usr/bin/docker-proxy",
  ]);
  link(bin, ["usr/bin/tini-static"], "docker-init");
  link(plugins, [
    "usr/libexec/docker/cli-plugins/docker-buildx",
    "usr/libexec/docker/cli-plugins/docker-compose",
  ]);
  for (const program of ["dockerd", "containerd", "runc", "docker"])
    await output(path.join(bin, program), ["--version"]);

  rmSync(path.join(files, "usr/share"), { recursive: true, force: true });
  for (const part of readdirSync(partial))
    if (part.startsWith("apt-")) rmSync(path.join(partial, part), { recursive: true });
  rmSync(installed, { recursive: true, force: true });
  renameSync(partial, installed);
}

/** Links those of `files` that the packages brought, relative, so that the folder can be moved. */
function link(folder: string, files: readonly string[], name?: string): void {
  mkdirSync(folder, { recursive: true });
  const from = path.join(
    path.dirname(folder),
    path.basename(folder) === "cli-plugins" ? "../files" : "files",
  );
  for (const file of files) {
    const at = path.join(folder, name ?? path.basename(file));
    if (existsSync(path.join(from, file)) && !existsSync(at))
      symlinkSync(path.relative(folder, path.join(from, file)), at);
  }
}

/** How a private engine is to be. */
export interface EngineOptions {
  /** `graph` when not given. */
  readonly store?: ImageStore;
  /** A folder to keep its data in; when not given, the data goes with the engine. */
  readonly data?: string;
  /** Called with the folder of its data, which is not there yet, before the engine starts. */
  readonly fill?: (data: string) => Promise<void>;
  /** More for `dockerd`, e.g. a second place to listen at. */
  readonly flags?: readonly string[];
}

/**
 * Starts an engine with its own socket, data and bridge, which leaves the machine's firewall alone. Ready when it
 * resolves, half a second later. Throws `Expected` with the engine's last words when it does not come up.
 */
export async function startEngine(options: EngineOptions = {}): Promise<PrivateEngine> {
  await installEngine();
  await sweepEngines();
  const run = mkdtempSync(path.join(runs, runPrefix));
  writeFileSync(path.join(run, "owner"), processName(process.pid));
  // By its real path, as mounts have it: `.tools` may be a link.
  const data = options.data ?? path.join(realpathSync(tools), "engines", path.basename(run));
  if (!options.data) writeFileSync(path.join(run, "data"), data);
  await options.fill?.(data);
  const bridge = await addBridge(run);
  const settings = { features: { "containerd-snapshotter": options.store === "containerd" } };
  writeFileSync(path.join(run, "daemon.json"), JSON.stringify(settings));
  const socket = path.join(run, "docker.sock");
  const daemon = start(
    path.join(installed, "bin/dockerd"),
    [
      ...["--host", `unix://${socket}`, "--config-file", path.join(run, "daemon.json"), "--bridge", bridge],
      ...[
        "--data-root",
        data,
        "--exec-root",
        path.join(run, "exec"),
        "--pidfile",
        path.join(run, "docker.pid"),
      ],
      "--iptables=false",
      "--ip6tables=false",
      ...(options.flags ?? []),
    ],
    { env: engineEnvironment(), stdio: ["ignore", "pipe", "pipe"] },
  );
  let log = "";
  for (const stream of [daemon.stdout, daemon.stderr])
    stream?.on("data", (chunk: Buffer) => {
      log = (log + chunk).slice(-4_000);
    });
  const stop = atEnd(async () => {
    // Containers get ten seconds to end, which is worth it only for data that stays.
    await endEngine(run, options.data ? 60_000 : 3_000);
    await stopGroup(daemon, 0);
    await removeRun(run);
  });

  for (const deadline = Date.now() + 30_000; !(await answers(socket)); ) {
    if (daemon.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Expected(`The Docker Engine did not start. Its last words:\n${lastLines(log)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { ...engineAt(`unix://${socket}`), stop };
}

/** The command line for an engine that runs already. */
export function engineAt(dockerHost: string): Pick<PrivateEngine, "dockerHost" | "docker"> {
  return {
    dockerHost,
    docker: (...args) =>
      output("docker", args, {
        env: { ...engineEnvironment(), ...commandLineEnvironment(), DOCKER_HOST: dockerHost },
      }),
  };
}

/** The variables with which `docker` is our own, with its plugins. On a machine with an engine of its own there may be none, but a `docker` then. */
export function commandLineEnvironment(): Record<string, string> {
  if (!existsSync(path.join(installed, "bin/docker"))) return {};
  const { PATH = "" } = process.env;
  return { DOCKER_CONFIG: path.join(installed, "cli"), PATH: `${path.join(installed, "bin")}:${PATH}` };
}

/** Ends what a killed run left: engines whose command is gone, with their bridges and mounts. */
async function sweepEngines(): Promise<void> {
  const left = readdirSync(runs).filter((it) => it.startsWith(runPrefix));
  for (const name of left) {
    const run = path.join(runs, name);
    const owner = read(path.join(run, "owner"));
    if (owner && isRunning(owner)) continue;
    await endEngine(run, 3_000);
    await removeRun(run);
  }
}

/** The engine finds its parts on PATH; a proxy of the machine is not for what it does. */
function engineEnvironment(): NodeJS.ProcessEnv {
  const { PATH = "" } = process.env;
  return { ...process.env, PATH: `${path.join(installed, "bin")}:${PATH}:/usr/sbin:/sbin` };
}

/** Gives the engine a bridge with a subnet that no other has. */
async function addBridge(run: string): Promise<string> {
  const taken = await ip("addr", "show");
  for (let number = 10; number < 250; number += 1) {
    if (taken.includes(` 172.31.${number}.`)) continue;
    const bridge = `plimsoll${number}`;
    try {
      await ip("link", "add", "name", bridge, "type", "bridge");
    } catch (error) {
      // Another run may have been faster; anything else is no matter of numbers.
      if (error instanceof Expected && /exists/i.test(error.message)) continue;
      throw error;
    }
    writeFileSync(path.join(run, "bridge"), bridge);
    await ip("addr", "add", `172.31.${number}.1/24`, "dev", bridge);
    await ip("link", "set", bridge, "up");
    return bridge;
  }
  throw new Expected("There is no free subnet for a Docker Engine in 172.31.0.0/16.");
}

/** busybox brings an `ip`: a bare machine has none. */
function ip(...args: readonly string[]): Promise<string> {
  return output(path.join(installed, "bin/busybox"), ["ip", ...args]);
}

/** Removes what an engine wrote, and before that what may still hold it: processes of containers, and mounts. */
async function removeRun(run: string): Promise<void> {
  const named = read(path.join(run, "data")) ?? run;
  // Mounts are listed by their real path, and `.tools` may be a link.
  const data = existsSync(named) ? realpathSync(named) : named;
  for (const pid of await processesOf(run)) forceEnd(pid);
  const mounts = (read("/proc/self/mounts") ?? "").split("\n").map((line) => line.split(" ")[1] ?? "");
  const ours = mounts.filter((it) => `${it}/`.startsWith(`${run}/`) || `${it}/`.startsWith(`${data}/`));
  for (const mount of ours.reverse()) await output("umount", ["-l", mount]).catch(() => {});
  const bridge = read(path.join(run, "bridge"));
  if (bridge) await ip("link", "delete", bridge).catch(() => {});
  for (const folder of new Set([data, run]))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Processes that an engine left: containerd and its shims name the run in their arguments; what a shim started does not. */
async function processesOf(run: string): Promise<readonly number[]> {
  const all = readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid);
  const left = new Set(all.filter((pid) => read(`/proc/${pid}/cmdline`)?.includes(`${run}/`)));
  const parents = new Map(
    all.map((pid) => [pid, Number(read(`/proc/${pid}/stat`)?.split(") ").at(-1)?.split(" ")[1])]),
  );
  // A parent may be found after its child, so until nothing is new.
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const [pid, parent] of parents) if (left.has(parent)) left.add(pid);
  }
  return [...left];
}

function forceEnd(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

/** Asks an engine once to end: asked a third time it leaves its containers behind. Waits `patience` milliseconds at most. */
async function endEngine(run: string, patience: number): Promise<void> {
  const pid = Number(read(path.join(run, "docker.pid")));
  const isEngine = () => Boolean(pid) && (read(`/proc/${pid}/cmdline`) ?? "").includes(`${run}/`);
  if (!isEngine()) return;
  process.kill(pid, "SIGTERM");
  for (const deadline = Date.now() + patience; isEngine() && Date.now() < deadline; )
    await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Whether an engine answers at a socket. */
export function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath: socket, path: "/_ping", timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on("timeout", () => ping.destroy());
    ping.on("error", () => resolve(false));
    ping.end();
  });
}

function lastLines(log: string): string {
  return log.trim().split("\n").slice(-8).join("\n");
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
