import type { ImageFacts, OperatingSystem, PackageManager } from "./facts.ts";
import type { ImageReading, ReadConfig, ReadContents } from "./image-reading.ts";
import { PROGRAM_DIRECTORIES } from "./program-directories.ts";

/** How a reading is spoken of, and what else is known of an image of this name. */
export interface ReadAs {
  readonly name: string;
  readonly tag: string;
  /** False when the engine was not there and the image was read at an earlier time. */
  readonly isHere: boolean;
  /** Facts of the shipped table for the same name and tag. */
  readonly shipped: ImageFacts | undefined;
}

/**
 * What an image is, from what was read of it. A listing that is complete makes a `no` certain; what was not read stays unknown.
 * The table fills in only what reading cannot tell, and only of an image that is what the table says in everything both know.
 */
export function factsOfReading(reading: ImageReading, as: ReadAs): ImageFacts {
  const { config, contents } = reading;
  const read: ImageFacts = {
    name: as.name,
    tag: as.tag,
    ...(contents ? contentsFacts(contents, config) : otherSystem(reading)),
    ...configFacts(config),
    compressedSize: reading.compressedSize ?? undefined,
    unpackedSize: reading.unpackedSize,
    role: undefined,
    platform: reading.platform,
    readFrom: { id: reading.id, isHere: as.isHere },
    source: as.isHere
      ? `the image on this machine (${shortId(reading.id)})`
      : `the image that was on this machine (${shortId(reading.id)})`,
    date: reading.readAt.slice(0, 10),
  };
  const triggered = config.triggers.length > 0 ? behindTriggers(read, config.triggers) : read;
  if (!as.shipped) return triggered;
  // What an image is for is said by its name, not by its files.
  const named = { ...triggered, role: as.shipped.role };
  return agree(named, as.shipped) ? completed(named, as.shipped) : named;
}

/** `sha256:0123456789ab`: enough to tell images apart, as `docker images` shows them. */
function shortId(id: string): string {
  return id.replace(/^(sha256:)?([0-9a-f]{12})[0-9a-f]*$/, "sha256:$2");
}

type ContentsFacts = Pick<
  ImageFacts,
  | "os"
  | "libc"
  | "shell"
  | "packageManager"
  | "tools"
  | "toolsComplete"
  | "certificates"
  | "timeZones"
  | "users"
  | "groups"
  | "directories"
  | "exactDirectories"
  | "links"
  | "absent"
>;

function otherSystem({ platform }: ImageReading): ContentsFacts {
  const [version = ""] = platform.split("/");
  return {
    os: { family: "other", version },
    libc: undefined,
    shell: undefined,
    packageManager: undefined,
    tools: {},
    certificates: undefined,
    timeZones: undefined,
    users: undefined,
  };
}

function contentsFacts(contents: ReadContents, config: ReadConfig): ContentsFacts {
  const { tools, complete } = programs(contents, config);
  const has = (name: string): boolean | undefined => tools[name] ?? (complete ? false : undefined);
  const [shell = "/bin/sh"] = config.shell ?? [];
  return {
    os: operatingSystem(contents.osRelease, has, complete && Object.keys(tools).length === 0),
    libc: libcOf(contents),
    shell: shellOf(contents, shell),
    packageManager: packageManagerOf(has),
    tools,
    toolsComplete: complete,
    certificates: contents.certificates === undefined ? undefined : contents.certificates !== null,
    timeZones: contents.timeZones,
    users: contents.passwd === undefined ? undefined : accountsIn(contents.passwd),
    ...(contents.group !== undefined && { groups: accountsIn(contents.group) }),
    directories: completeListings(contents),
    exactDirectories: exactDirectories(contents),
    links: contents.links,
    absent: new Set(contents.absent),
  };
}

/** All that can be run by its name; complete when every directory of programs was read to its end or is not there. */
function programs(
  { directories, links, absent }: ReadContents,
  { environment }: ReadConfig,
): { readonly tools: Record<string, boolean>; readonly complete: boolean } {
  const path = environment.findLast((it) => it.startsWith("PATH="))?.slice("PATH=".length) ?? "";
  const tools: Record<string, boolean> = {};
  let complete = true;
  for (const directory of [...PROGRAM_DIRECTORIES, ...path.split(":").filter((it) => it.startsWith("/"))]) {
    const plain = directory.replace(/(?<=.)\/+$/, "");
    const listing = directories[links[plain] ?? plain];
    if (listing) for (const name of listing.programs) tools[name] = true;
    complete &&= listing?.complete ?? absent.includes(plain);
  }
  return { tools, complete };
}

/** Directories of which every name that is listed is there as well. */
function exactDirectories({ directories, links }: ReadContents): ReadonlySet<string> {
  const complete = Object.keys(directories).filter((it) => directories[it]?.complete);
  return new Set([...complete, ...Object.keys(links).filter((it) => complete.includes(links[it] ?? ""))]);
}

function completeListings({ directories, links }: ReadContents): Record<string, readonly string[]> {
  const listings: Record<string, readonly string[]> = {};
  for (const [path, { complete, programs: runs, others }] of Object.entries(directories))
    if (complete) listings[path] = [...runs, ...others];
  for (const [link, target] of Object.entries(links)) {
    const listing = listings[target];
    if (listing) listings[link] = listing;
  }
  return listings;
}

/** Families by `ID` and `ID_LIKE` of os-release (freedesktop.org, os-release; the distributions' own files, 2026). */
const FAMILIES: Readonly<Record<string, OperatingSystem["family"]>> = {
  alpine: "alpine",
  debian: "debian",
  ubuntu: "debian",
  ...{ rhel: "rhel", fedora: "rhel", centos: "rhel", amzn: "rhel" },
  ...{ suse: "suse", sles: "suse", opensuse: "suse" },
  arch: "arch",
  ...{ wolfi: "wolfi", chainguard: "wolfi" },
};

function operatingSystem(
  osRelease: string | null | undefined,
  has: (name: string) => boolean | undefined,
  hasNoPrograms: boolean,
): OperatingSystem | undefined {
  if (osRelease === undefined) return undefined;
  if (osRelease === null) {
    if (has("busybox") === true) return { family: "busybox", version: undefined };
    return hasNoPrograms ? { family: "none", version: undefined } : undefined;
  }
  const fields = osReleaseFields(osRelease);
  const { ID, ID_LIKE = "", VERSION_ID, VERSION_CODENAME } = fields;
  const ids = [ID, ...ID_LIKE.split(" ")];
  const family = ids.map((it) => FAMILIES[it ?? ""]).find(Boolean) ?? "other";
  // Written as the shipped table writes them.
  const version =
    ID === "alpine"
      ? VERSION_ID?.split(".").slice(0, 2).join(".")
      : ID === "debian"
        ? (VERSION_CODENAME ?? VERSION_ID)
        : VERSION_ID;
  return { family, version: version || undefined };
}

function osReleaseFields(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/^([A-Z_]+)=(?:"([^"\n]*)"|'([^'\n]*)'|(.*))$/gm)].map(
      ([, name = "", double, single, plain]) => [name, double ?? single ?? plain ?? ""],
    ),
  );
}

/** Unknown where both loaders are: a program linked to either runs. */
function libcOf({ loaders }: ReadContents): ImageFacts["libc"] {
  if (!loaders) return undefined;
  const musl = loaders.some((it) => it.includes("ld-musl"));
  const glibc = loaders.some((it) => !it.includes("ld-musl"));
  if (musl && glibc) return undefined;
  return musl ? "musl" : glibc ? "glibc" : "none";
}

function shellOf({ directories, links }: ReadContents, wanted: string): ImageFacts["shell"] {
  const listed = (path: string): boolean | undefined => {
    const directory = path.slice(0, path.lastIndexOf("/")) || "/";
    const listing = directories[links[directory] ?? directory];
    if (!listing) return undefined;
    return (
      listing.programs.includes(path.slice(path.lastIndexOf("/") + 1)) ||
      (listing.complete ? false : undefined)
    );
  };
  const there = listed(wanted);
  if (there) return wanted;
  const other = Object.keys(directories).find((it) => listed(`${it}/sh`));
  if (other !== undefined) return `${other}/sh`;
  // A listing that has no /bin at all lacks the shell as well.
  return there === false || directories["/bin"] === undefined ? "none" : undefined;
}

/** By its program; where several are, the first is what the distribution documents. */
const PACKAGE_MANAGERS: readonly (readonly [program: string, name: PackageManager])[] = [
  ["apk", "apk"],
  ["apt-get", "apt"],
  ["dnf", "dnf"],
  ["microdnf", "microdnf"],
  ["tdnf", "tdnf"],
  ["yum", "yum"],
  ["zypper", "zypper"],
  ["pacman", "pacman"],
];

function packageManagerOf(has: (name: string) => boolean | undefined): ImageFacts["packageManager"] {
  const found = PACKAGE_MANAGERS.find(([program]) => has(program) === true);
  if (found) return found[1];
  return PACKAGE_MANAGERS.every(([program]) => has(program) === false) ? "none" : undefined;
}

/** Names and ids of passwd or group; without the file there is nobody. */
function accountsIn(text: string | null): Readonly<Record<string, number>> {
  const accounts: Record<string, number> = {};
  for (const line of (text ?? "").split("\n")) {
    const [name = "", , id = ""] = line.split(":");
    if (name !== "" && /^\d+$/.test(id)) accounts[name] ??= Number(id);
  }
  return accounts;
}

function configFacts(config: ReadConfig) {
  return {
    defaultUser: config.user || "root",
    workdir: config.workdir || "/",
    exposedPorts: config.exposedPorts,
    volumes: config.volumes,
    entrypoint: config.entrypoint,
    cmd: config.command,
    stopSignal: config.stopSignal,
    ...(config.shell && { shellCommand: config.shell }),
    environment: Object.fromEntries(
      config.environment.map((it) => {
        const at = it.indexOf("=");
        return at < 0 ? [it, ""] : [it.slice(0, at), it.slice(at + 1)];
      }),
    ),
    environmentComplete: true,
    hasHealthcheck: config.healthcheck !== null && config.healthcheck[0] !== "NONE",
  } satisfies Partial<ImageFacts>;
}

/**
 * ONBUILD instructions run right behind FROM. They are not followed: what one of their kind sets, and everything that is
 * not there yet, is no longer known.
 */
function behindTriggers(facts: ImageFacts, triggers: readonly string[]): ImageFacts {
  const words = new Set(triggers.map((it) => (it.trim().split(/\s/, 1)[0] ?? "").toUpperCase()));
  const unlessSet = <T>(instruction: string, value: T): T | undefined =>
    words.has(instruction) ? undefined : value;
  const changesFiles = ["RUN", "COPY", "ADD", "WORKDIR"].some((it) => words.has(it));
  const { environment, shellCommand, ...others } = facts;
  const { toolsComplete, groups, directories, exactDirectories: exact, absent, ...rest } = others;
  return {
    ...rest,
    ...(environment && !words.has("ENV") && !words.has("ARG") && { environment }),
    environmentComplete: !words.has("ENV") && !words.has("ARG"),
    ...(shellCommand && !words.has("SHELL") && { shellCommand }),
    ...(!changesFiles && {
      ...(toolsComplete !== undefined && { toolsComplete }),
      ...(groups && { groups }),
      ...(directories && { directories }),
      ...(exact && { exactDirectories: exact }),
      ...(absent && { absent }),
    }),
    ...(changesFiles && {
      users: undefined,
      certificates: facts.certificates || undefined,
      timeZones: facts.timeZones || undefined,
      shell: facts.shell === "none" ? undefined : facts.shell,
      packageManager: facts.packageManager === "none" ? undefined : facts.packageManager,
      libc: facts.libc === "none" ? undefined : facts.libc,
    }),
    defaultUser: unlessSet("USER", facts.defaultUser),
    workdir: unlessSet("WORKDIR", facts.workdir),
    exposedPorts: unlessSet("EXPOSE", facts.exposedPorts),
    volumes: unlessSet("VOLUME", facts.volumes),
    entrypoint: unlessSet("ENTRYPOINT", facts.entrypoint),
    cmd: words.has("CMD") || words.has("ENTRYPOINT") ? undefined : facts.cmd,
    stopSignal: unlessSet("STOPSIGNAL", facts.stopSignal),
    hasHealthcheck: unlessSet("HEALTHCHECK", facts.hasHealthcheck),
  };
}

/** Is it the image that the table speaks of? A tag may name anything on somebody's machine. */
function agree(read: ImageFacts, shipped: ImageFacts): boolean {
  const same = <T>(one: T | undefined, other: T | undefined): boolean =>
    one === undefined || other === undefined || JSON.stringify(one) === JSON.stringify(other);
  return (
    same(read.os?.family, shipped.os?.family) &&
    same(read.libc, shipped.libc) &&
    same(read.shell, shipped.shell) &&
    same(read.packageManager, shipped.packageManager) &&
    same(read.workdir, shipped.workdir) &&
    same(read.entrypoint, shipped.entrypoint) &&
    same(read.cmd, shipped.cmd) &&
    same(read.exposedPorts, shipped.exposedPorts) &&
    same(read.volumes, shipped.volumes) &&
    Object.entries(shipped.tools).every(([name, there]) =>
      same(read.tools[name] ?? (read.toolsComplete ? false : undefined), there),
    )
  );
}

/** Fields that reading left open; of a large image that is what stands beside the programs. */
function completed(read: ImageFacts, shipped: ImageFacts): ImageFacts {
  return {
    ...read,
    tools: read.toolsComplete ? read.tools : { ...shipped.tools, ...read.tools },
    compressedSize: read.compressedSize ?? shipped.compressedSize,
    ...(shipped.libraries && { libraries: shipped.libraries }),
    ...(read.directories &&
      shipped.directories && {
        directories: { ...shipped.directories, ...read.directories },
      }),
  };
}
