import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { hostSuite, openSuite, withoutDebian } from "./debian.ts";
import { atEnd, Expected } from "./ending.ts";
import { answers, installEngine } from "./engine.ts";
import { tools } from "./places.ts";
import { newRun, noteServer } from "./private-runs.ts";
import { onPath, output, start, stopGroup } from "./programs.ts";
import { telling } from "./say.ts";
import { inTurn } from "./turns.ts";

const installed = path.join(tools, "podman");
const files = path.join(installed, "files");

/** A private Podman service. */
export interface PrivatePodman {
  /** `unix:///tmp/plimsoll-podman-…/podman.sock`. */
  readonly dockerHost: string;
  /** The folder that has the program `podman`, set up for this service. */
  readonly bin: string;
  /** Runs the `podman` command line against the service. */
  podman(...args: readonly string[]): Promise<string>;
  /** Runs a program of the machine in the service's network, where published ports are. */
  inItsNetwork(program: string, ...args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Why there can be no private Podman on this machine; undefined when there can. */
export function withoutPodman(): string | undefined {
  if (process.platform !== "linux") return "a private Podman needs Linux";
  if (process.getuid?.() !== 0) return "a private Podman needs root";
  if (!onPath("unshare") || !onPath("nsenter")) return "there is no unshare here";
  return existsSync(path.join(files, "usr/bin/podman")) ? undefined : withoutDebian();
}

/** Unpacks Podman into `.tools/podman`, of the Debian that this machine runs: what else it links to is the machine's. */
function install(): Promise<void> {
  return inTurn("podman", async () => {
    if (existsSync(path.join(files, "usr/bin/podman"))) return;
    await telling("Fetching Podman from Debian into .tools", async () => {
      const partial = `${installed}.partial`;
      rmSync(partial, { recursive: true, force: true });
      const suite = await openSuite(hostSuite(), partial);
      const programs =
        "podman|conmon|runc|netavark|aardvark-dns|iptables|golang-github-containers-(common|image)|catatonit";
      const libraries =
        "libgpgme11(t64)?|libassuan[09]|libgpg-error0|libsubid[45]|libyajl2|libjson-c5|libseccomp2|libdevmapper1.02.1|" +
        "libip4tc2|libip6tc2|libxtables12|libnftnl11|libmnl0|libnetfilter-conntrack3|libnfnetlink0|libsqlite3-0";
      const there = await suite.search(`^(${programs}|${libraries})$`);
      const into = path.join(partial, "files");
      await suite.unpack(there, into);
      // Made by the package's scripts otherwise. The other backend would need modules of the kernel that may be missing.
      for (const name of ["iptables", "ip6tables"])
        symlinkSync(`${name}-legacy`, path.join(into, "usr/sbin", name));
      rmSync(path.join(into, "usr/share/doc"), { recursive: true, force: true });
      rmSync(path.join(partial, `apt-${suite.name}`), { recursive: true });
      rmSync(installed, { recursive: true, force: true });
      renameSync(partial, installed);
    });
  });
}

/**
 * Starts Podman's service with data, network and processes of its own: all of it is gone with the service, and the machine's
 * network and firewall are left alone.
 */
export async function startPodman(): Promise<PrivatePodman> {
  await installEngine();
  await install();
  const run = newRun("plimsoll-podman-");
  // Not in the folder of the socket: overlay wants a real disk.
  const data = path.join(tools, "engines", path.basename(run));
  for (const folder of [data, path.join(run, "home/.config/containers"), path.join(run, "bin")])
    mkdirSync(folder, { recursive: true });
  const file = (name: string, text: string) => {
    writeFileSync(path.join(run, name), text);
    return path.join(run, name);
  };
  file("home/.config/containers/policy.json", '{"default":[{"type":"insecureAcceptAnything"}]}');
  const libraries = globSync(["usr/lib/*-linux-gnu", "lib/*-linux-gnu"], { cwd: files });
  const [xtables = ""] = globSync("usr/lib/*/xtables", { cwd: files });
  const env = {
    ...process.env,
    PATH: [...["usr/bin", "usr/sbin"].map((it) => path.join(files, it)), process.env["PATH"]].join(":"),
    LD_LIBRARY_PATH: libraries.map((it) => path.join(files, it)).join(":"),
    XTABLES_LIBDIR: path.join(files, xtables),
    HOME: path.join(run, "home"),
    TMPDIR: data,
    XDG_RUNTIME_DIR: "",
    PODMAN_IGNORE_CGROUPSV1_WARNING: "1",
    CONTAINERS_CONF: file("containers.conf", configuration(run)),
    CONTAINERS_STORAGE_CONF: file(
      "storage.conf",
      `[storage]\ndriver = "overlay"\ngraphroot = "${data}/storage"\nrunroot = "/run/plimsoll-storage"\n`,
    ),
    CONTAINERS_REGISTRIES_CONF: file("registries.conf", "unqualified-search-registries = []\n"),
  };
  const socket = path.join(run, "podman.sock");
  const service = [
    "mount -t tmpfs -o mode=755 tmpfs /run",
    `${path.join(tools, "engine/bin/busybox")} ip link set lo up`,
    // The shell stays, as whatever loses its parent in here becomes its child.
    `{ podman system service --time=0 unix://${socket} & wait $!; }`,
  ].join(" && ");
  const apart = ["--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const program = start("unshare", [...apart, "--propagation", "private", "sh", "-c", service], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  noteServer(run, program.pid, data);
  let log = "";
  for (const stream of [program.stdout, program.stderr])
    stream?.on("data", (chunk: Buffer) => {
      log = (log + chunk).slice(-4_000);
    });
  const stop = atEnd(async () => {
    await stopGroup(program, 0);
    for (const folder of [run, data])
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });
  for (const deadline = Date.now() + 30_000; !(await answers(socket)); ) {
    if (program.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Expected(`Podman did not start. Its last words:\n${log.trim()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const bin = path.join(run, "bin");
  const variables = Object.entries(env).filter(([name, value]) => process.env[name] !== value);
  writeFileSync(
    path.join(bin, "podman"),
    [
      "#!/bin/sh",
      ...variables.map(([name, value]) => `export ${name}='${value}'`),
      `export CONTAINER_HOST=unix://${socket}`,
      `exec ${path.join(files, "usr/bin/podman")} "$@"`,
      "",
    ].join("\n"),
    { mode: 0o755 },
  );
  const [inside = ""] = readFileSync(`/proc/${program.pid}/task/${program.pid}/children`, "utf8").split(" ");
  return {
    dockerHost: `unix://${socket}`,
    bin,
    podman: (...args) => output(path.join(bin, "podman"), ["--remote", ...args]),
    inItsNetwork: (what, ...args) => output("nsenter", ["--target", inside, "--net", what, ...args]),
    stop,
  };
}

/** The runtime and the limits are those that work in machines which are containers themselves. */
function configuration(run: string): string {
  const at = (name: string) => JSON.stringify(path.join(files, name));
  return `[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
conmon_path = [${at("usr/bin/conmon")}]
helper_binaries_dir = [${at("usr/lib/podman")}, ${at("usr/libexec/podman")}, ${at("usr/bin")}]
[engine.runtimes]
runc = [${at("usr/sbin/runc")}, ${at("usr/bin/runc")}]
[network]
network_config_dir = "${run}/networks"
`;
}
