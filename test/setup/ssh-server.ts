import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hostSuite, openSuite, withoutDebian } from "./debian.ts";
import { atEnd, Expected } from "./ending.ts";
import { freePort } from "./free-port.ts";
import { tools } from "./places.ts";
import { newRun, noteServer } from "./private-runs.ts";
import { onPath, output, start, stopGroup } from "./programs.ts";
import { telling } from "./say.ts";
import { inTurn } from "./turns.ts";

const installed = path.join(tools, "sshd");
const program = path.join(installed, "files/usr/sbin/sshd");

/** An SSH server on this machine. */
export interface SshServer {
  readonly port: number;
  /** A configuration for ssh (`-F`): a host called `engine-host` with the key that is let in and the host's own key. */
  readonly config: string;
  /** The key of the host, as `known_hosts` has it. */
  readonly knownHosts: string;
  stop(): Promise<void>;
}

/** Why there can be no SSH server on this machine; undefined when there can. */
export function withoutSshServer(): string | undefined {
  if (process.platform !== "linux") return "a private SSH server needs Linux";
  if (process.getuid?.() !== 0) return "a private SSH server needs root";
  if (!onPath("ssh") || !onPath("ssh-keygen")) return "there is no ssh here";
  if (!onPath("unshare")) return "there is no unshare here";
  return existsSync(program) ? undefined : withoutDebian();
}

/** Unpacks Debian's SSH server into `.tools/sshd`. */
function install(): Promise<void> {
  return inTurn("sshd", async () => {
    if (existsSync(program)) return;
    await telling("Fetching an SSH server from Debian into .tools", async () => {
      const partial = `${installed}.partial`;
      rmSync(partial, { recursive: true, force: true });
      const suite = await openSuite(hostSuite(), partial);
      const libraries = await suite.search("^libwrap0$");
      await suite.unpack(["openssh-server", ...libraries], path.join(partial, "files"));
      rmSync(path.join(partial, `apt-${suite.name}`), { recursive: true });
      rmSync(installed, { recursive: true, force: true });
      renameSync(partial, installed);
    });
  });
}

/**
 * Starts an SSH server on 127.0.0.1 that lets root in with a key of its own. `environment` is that of the programs that are
 * run through it. It sees a list of users of its own, so the machine needs no account for it; nothing of the machine is changed.
 */
export async function startSshServer(environment: Readonly<Record<string, string>>): Promise<SshServer> {
  await install();
  const folder = newRun("plimsoll-sshd-");
  const file = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text, { mode: 0o600 });
    return path.join(folder, name);
  };
  for (const key of ["host", "user"])
    await output("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", key, "-f", path.join(folder, key)]);
  const publicKey = (name: string) => readFileSync(path.join(folder, `${name}.pub`), "utf8").trim();
  const port = await freePort();
  const knownHosts = file("known_hosts", `[127.0.0.1]:${port} ${publicKey("host")}\n`);
  const settings = file(
    "sshd_config",
    [
      `Port ${port}`,
      "ListenAddress 127.0.0.1",
      `HostKey ${path.join(folder, "host")}`,
      `AuthorizedKeysFile ${file("authorized_keys", `${publicKey("user")}\n`)}`,
      "PidFile none",
      "UsePAM no",
      "StrictModes no",
      "PasswordAuthentication no",
      "KbdInteractiveAuthentication no",
      "PermitRootLogin prohibit-password",
      // The file of the machine would put other folders in front.
      "PermitUserEnvironment no",
      `SetEnv ${Object.entries(environment)
        .map(([name, value]) => `"${name}=${value}"`)
        .join(" ")}`,
      "",
    ].join("\n"),
  );
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .filter((it) => !it.startsWith("sshd:"))
    .map((it) => it.replace(/^(root:.*):[^:]*:[^:]*$/, `$1:${folder}:/bin/sh`));
  const passwd = file("passwd", ["sshd:x:64321:65534::/:/usr/sbin/nologin", ...users].join("\n"));
  const config = file(
    "config",
    [
      "Host engine-host",
      "  HostName 127.0.0.1",
      `  Port ${port}`,
      "Host engine-host 127.0.0.1",
      "  User root",
      `  IdentityFile ${path.join(folder, "user")}`,
      "  IdentitiesOnly yes",
      "  IdentityAgent none",
      `  UserKnownHostsFile ${knownHosts}`,
      "  GlobalKnownHostsFile /dev/null",
      "",
    ].join("\n"),
  );
  mkdirSync(path.join(folder, "run"));
  const libraries = globSync(["usr/lib/*-linux-gnu", "lib/*-linux-gnu"], {
    cwd: path.join(installed, "files"),
  })
    .map((it) => path.join(installed, "files", it))
    .join(":");
  const script = [
    `mount --bind ${passwd} /etc/passwd`,
    `chmod 644 ${passwd}`,
    "mount -t tmpfs -o mode=755 tmpfs /run",
    "mkdir -m 755 /run/sshd",
    `export LD_LIBRARY_PATH=${libraries}`,
    `exec ${program} -D -e -f ${settings}`,
  ].join(" && ");
  // Sessions are processes apart: with the server all that it started ends.
  const apart = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"];
  const server = start("unshare", [...apart, "sh", "-c", script], { stdio: ["ignore", "pipe", "pipe"] });
  noteServer(folder, server.pid);
  let log = "";
  for (const stream of [server.stdout, server.stderr])
    stream?.on("data", (chunk: Buffer) => {
      log = (log + chunk).slice(-4_000);
    });
  const stop = atEnd(async () => {
    await stopGroup(server, 0);
    rmSync(folder, { recursive: true, force: true });
  });
  for (const deadline = Date.now() + 20_000; !log.includes("Server listening"); ) {
    if (server.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Expected(`The SSH server did not start. Its last words:\n${log.trim()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { port, config, knownHosts, stop };
}
