import { PROGRAM_DIRECTORIES as inEveryDistribution } from "../../image/program-directories.ts";
/** Where a shell looks for programs in every distribution; PATH may name more. */
export const PROGRAM_DIRECTORIES: ReadonlySet<string> = new Set(inEveryDistribution);

/** With those that PATH names; `path` is undefined or a symbol when it is not known. */
export function programDirectories(path: unknown): ReadonlySet<string> {
  return typeof path === "string" ? directoriesOn(path).all : PROGRAM_DIRECTORIES;
}

/** Those that a PATH names beside the usual ones. */
export function otherProgramDirectories(path: string): readonly string[] {
  return directoriesOn(path).others;
}

interface Directories {
  readonly all: ReadonlySet<string>;
  readonly others: readonly string[];
}

function directoriesOn(path: string): Directories {
  if (path === last?.path) return last.directories;
  const directories = byPath.get(path) ?? readDirectories(path);
  last = { path, directories };
  return directories;
}

function readDirectories(path: string): Directories {
  const named = new Set(path.split(":").filter((it) => it.startsWith("/")));
  const directories = {
    all: new Set([...PROGRAM_DIRECTORIES, ...named]),
    others: [...named].filter((it) => !PROGRAM_DIRECTORIES.has(it)),
  };
  if (byPath.size > 100) byPath.clear();
  byPath.set(path, directories);
  return directories;
}

const byPath = new Map<string, Directories>();
/** One instruction after the other asks for the same. */
let last: { readonly path: string; readonly directories: Directories } | undefined;

/** Directories of the Filesystem Hierarchy that an image with a package manager has. */
export const WELL_KNOWN_DIRECTORIES: ReadonlySet<string> = new Set(
  "/bin /etc /home /lib /mnt /opt /root /sbin /srv /tmp /usr /usr/bin /usr/lib /usr/sbin /usr/local /usr/local/bin /usr/local/lib /usr/local/share /usr/share /var /var/cache /var/lib /var/log /var/tmp /proc /sys /dev /run".split(
    " ",
  ),
);

/** Where the loader looks for libraries (ld.so(8), Debian's multiarch directories among them; musl, etc/ld-musl). */
export const LIBRARY_DIRECTORIES: readonly string[] = [
  "/lib",
  "/lib64",
  "/usr/lib",
  "/usr/lib64",
  "/usr/local/lib",
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
];

/** Where packages put their files. They stay away from `/app`, `/src`, `/out` and other names of the author's. */
export const PACKAGE_DIRECTORIES: readonly string[] = [
  "/bin",
  "/boot",
  "/etc",
  "/home",
  "/lib",
  "/lib64",
  "/opt",
  "/root",
  "/run",
  "/sbin",
  "/srv",
  "/usr",
  "/var",
];

/** Programs of the operating system: no package of a language (npm, pip, cargo …) brings them. */
export const SYSTEM_PROGRAMS: ReadonlySet<string> = new Set(
  "sh bash ash dash zsh busybox curl wget nc ncat netcat git gcc g++ cc make ps pgrep ping su sudo gosu su-exec tini apk apt apt-get dpkg dnf yum microdnf useradd adduser addgroup groupadd getent tar gzip unzip xz openssl ssh cat ls grep sed awk find "
    .trim()
    .split(" "),
);
