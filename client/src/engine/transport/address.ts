import { createHash } from "node:crypto";
import { posix, win32 } from "node:path";
import { field } from "../../shared/json-fields.ts";

/** Where an engine may listen, and what named it. */
export interface EngineAddress {
  /** `unix:///var/run/docker.sock`, `npipe:////./pipe/docker_engine`, `tcp://build-host:2376` or `ssh://user@host`. */
  readonly url: string;
  /** For the reader: `DOCKER_HOST`, `context “colima”`, `default socket`, `Podman` … */
  readonly from: string;
  /** Certificates of a TCP address; undefined means no TLS. */
  readonly tls: TlsFiles | undefined;
}

/** Paths of PEM files; each may be missing on disk. */
export interface TlsFiles {
  readonly folder: string;
  /** False when the context says that the server's certificate need not be checked. */
  readonly verify: boolean;
}

/** What the search for an engine depends on, handed in so that the search stays pure. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** As `process.platform`. */
  readonly platform: string;
  readonly home: string;
  /** Of the user, on systems that have one. */
  readonly userId: number | undefined;
}

export interface FileLook {
  /** The text of a file; undefined when it cannot be read. */
  read(path: string): string | undefined;
  exists(path: string): boolean;
  /** Names in a folder; none when it cannot be read. */
  list(path: string): readonly string[];
}

export interface AddressSearch {
  /** Best first. One when the user named it; several when known sockets exist; none when nothing was found. */
  readonly candidates: readonly EngineAddress[];
  /** Every place looked at, for the message when nothing answers. */
  readonly looked: readonly string[];
  /** What the user named but cannot be used, as a sentence. */
  readonly problem: string | undefined;
}

/**
 * Finds where the engine is, in the order of the Docker command line: `DOCKER_HOST`, `DOCKER_CONTEXT`, the current context of
 * `config.json`, then known sockets (docs.docker.com/engine/manage-resources/contexts, read 2026-11).
 * A place the user named is the only candidate: falling back from it to another engine would surprise.
 */
export function resolveAddress(around: Surroundings, files: FileLook): AddressSearch {
  const { DOCKER_HOST } = around.environment;
  const host = DOCKER_HOST?.trim();
  if (host) return named(fromDockerHost(host, around));

  const { name, from } = chosenContext(around, files);
  if (name !== undefined && name !== "default") return fromContext(name, from, around, files);

  return fromKnownSockets(around, files);
}

/** The engine of a Docker context by its name; `default` is where an engine usually listens. */
export function resolveContext(name: string, around: Surroundings, files: FileLook): AddressSearch {
  return name === "default"
    ? fromKnownSockets(around, files)
    : fromContext(name, "Your choice", around, files);
}

/** Names of the Docker contexts of this user, sorted; `default` is not among them. */
export function contextNames(around: Surroundings, files: FileLook): readonly string[] {
  const { join } = paths(around);
  const folder = join(configFolder(around), "contexts", "meta");
  return files
    .list(folder)
    .map((it) => field(json(files.read(join(folder, it, "meta.json"))), "Name"))
    .filter((it) => typeof it === "string" && it !== "")
    .toSorted() as readonly string[];
}

function fromKnownSockets(around: Surroundings, files: FileLook): AddressSearch {
  const known = knownSockets(around);
  return {
    candidates: known.filter((it) => files.exists(socketPath(it.url) ?? "")),
    looked: known.map((it) => socketPath(it.url) ?? it.url),
    problem: undefined,
  };
}

/** The path of the socket or pipe that a `unix://` or `npipe://` address names; undefined for others. */
export function socketPath(url: string): string | undefined {
  return /^(?:unix|npipe):\/\/(.+)$/.exec(url)?.[1];
}

function fromDockerHost(host: string, around: Surroundings): EngineAddress {
  const url = normalized(host, around);
  const { DOCKER_CERT_PATH: folder, DOCKER_TLS_VERIFY: verify } = around.environment;
  const secure = url.startsWith("tcp:") && (Boolean(verify) || Boolean(folder) || /:2376\/?$/.test(url));
  return {
    url,
    from: "DOCKER_HOST",
    tls: secure ? { folder: folder || configFolder(around), verify: Boolean(verify) || !folder } : undefined,
  };
}

/** A bare path is a socket and a bare `host:port` is TCP; `http` and `https` are what `tcp` stands for. */
function normalized(host: string, around: Surroundings): string {
  if (host.startsWith("/")) return `unix://${host}`;
  if (host === "unix://") return "unix:///var/run/docker.sock";
  if (host === "npipe://") return "npipe:////./pipe/docker_engine";
  if (host.startsWith("unix://~/")) return `unix://${paths(around).join(around.home, host.slice(8))}`;
  if (!host.includes("://")) return `tcp://${host}`;
  return host
    .replace(/^http:/, "tcp:")
    .replace(/^https:\/\/([^/:]+)\/?$/, "tcp://$1:2376")
    .replace(/^https:/, "tcp:");
}

function chosenContext(around: Surroundings, files: FileLook): { name: string | undefined; from: string } {
  const { DOCKER_CONTEXT } = around.environment;
  const asked = DOCKER_CONTEXT?.trim();
  if (asked) return { name: asked, from: "DOCKER_CONTEXT" };
  const config = json(files.read(paths(around).join(configFolder(around), "config.json")));
  const current = field(config, "currentContext");
  return { name: typeof current === "string" && current !== "" ? current : undefined, from: "config.json" };
}

function fromContext(name: string, from: string, around: Surroundings, files: FileLook): AddressSearch {
  const { join } = paths(around);
  const id = createHash("sha256").update(name).digest("hex");
  const file = join(configFolder(around), "contexts", "meta", id, "meta.json");
  const endpoint = field(field(json(files.read(file)), "Endpoints"), "docker");
  const host = field(endpoint, "Host");
  if (typeof host !== "string" || host === "")
    return {
      candidates: [],
      looked: [file],
      problem: `${from} names the Docker context “${name}”, but there is no such context here. List them with “docker context ls”.`,
    };

  const folder = join(configFolder(around), "contexts", "tls", id, "docker");
  const hasTls = ["ca.pem", "cert.pem", "key.pem"].some((it) => files.exists(join(folder, it)));
  const skip = field(endpoint, "SkipTLSVerify") === true;
  const url = normalized(host, around);
  return named({
    url,
    from: `context “${name}”`,
    tls: url.startsWith("tcp:") && (hasTls || skip) ? { folder, verify: !skip } : undefined,
  });
}

/**
 * Sockets of the usual installations. Facts from their documentation, read 2026-11: Docker Engine (rootless), Docker Desktop,
 * Colima, OrbStack, Rancher Desktop, Podman.
 */
function knownSockets(around: Surroundings): readonly EngineAddress[] {
  if (around.platform === "win32")
    return [
      local("npipe:////./pipe/docker_engine", "default pipe"),
      local("npipe:////./pipe/dockerDesktopLinuxEngine", "Docker Desktop"),
      local("npipe:////./pipe/podman-machine-default", "Podman"),
    ];
  const home = (...parts: string[]) => posix.join(around.home, ...parts);
  const { XDG_RUNTIME_DIR, TMPDIR } = around.environment;
  const runtime = XDG_RUNTIME_DIR || (around.userId === undefined ? undefined : `/run/user/${around.userId}`);
  const inRuntime = (path: string, from: string) =>
    runtime ? [local(`unix://${posix.join(runtime, path)}`, from)] : [];
  return [
    local("unix:///var/run/docker.sock", "default socket"),
    local(`unix://${home(".docker", "run", "docker.sock")}`, "Docker Desktop"),
    local(`unix://${home(".docker", "desktop", "docker.sock")}`, "Docker Desktop"),
    ...inRuntime("docker.sock", "rootless Docker"),
    local(`unix://${home(".colima", "default", "docker.sock")}`, "Colima"),
    local(`unix://${home(".config", "colima", "default", "docker.sock")}`, "Colima"),
    local(`unix://${home(".orbstack", "run", "docker.sock")}`, "OrbStack"),
    local(`unix://${home(".rd", "docker.sock")}`, "Rancher Desktop"),
    ...inRuntime("podman/podman.sock", "Podman"),
    local("unix:///run/podman/podman.sock", "Podman"),
    local(`unix://${home(".local", "share", "containers", "podman", "machine", "podman.sock")}`, "Podman"),
    // Podman 5 on macOS, where each user has such a folder.
    ...(around.platform === "darwin" && TMPDIR
      ? [local(`unix://${posix.join(TMPDIR, "podman/podman-machine-default-api.sock")}`, "Podman")]
      : []),
  ];
}

function local(url: string, from: string): EngineAddress {
  return { url, from, tls: undefined };
}

function named(address: EngineAddress): AddressSearch {
  return { candidates: [address], looked: [address.url], problem: undefined };
}

function configFolder(around: Surroundings): string {
  const { DOCKER_CONFIG } = around.environment;
  return DOCKER_CONFIG || paths(around).join(around.home, ".docker");
}

function paths({ platform }: Surroundings): typeof posix {
  return platform === "win32" ? win32 : posix;
}

function json(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    // A broken config.json is Docker's to complain about; here it only means that no context is chosen.
    return undefined;
  }
}
