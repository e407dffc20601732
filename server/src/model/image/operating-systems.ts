import { type ImageFacts, LIBRARIES } from "./facts.ts";
import { PACKAGE_PROGRAMS } from "./node-programs.ts";
import { PROGRAM_DIRECTORIES } from "./program-directories.ts";

/** What an operating system's images share in all releases in use. Ids of users from the packages named. */
export type SharedFacts = Partial<Omit<ImageFacts, "name" | "tag" | "source" | "date">>;

/** The Filesystem Hierarchy's top level, with what all distributions' images have or may have beside it. */
const TOP_LEVEL =
  "bin boot dev etc home lib lib32 lib64 libx32 media mnt opt proc root run sbin srv sys tmp usr var .dockerenv".split(
    " ",
  );

/** For images that put more into `/`, as golang does with `/go`. */
export function topLevel(...more: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return { "/": [...TOP_LEVEL, ...more], "/home": [], "/srv": [], "/mnt": [] };
}

/** Without /lib64, where a program linked against glibc looks for its loader. */
export function alpineTopLevel(...more: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return {
    ...topLevel(),
    "/": [...TOP_LEVEL.filter((it) => !it.startsWith("lib") || it === "lib"), ...more],
  };
}

/** Where projects are put below a directory that systems have: images of distributions and languages hold nothing there. */
export const NO_PROJECTS: ReadonlySet<string> = new Set([
  ...["/usr/src/app", "/usr/app", "/opt/app", "/var/app", "/home/node/app"],
  ...["app", "src", "project"].map((it) => `/home/gradle/${it}`),
]);

/** What images on eclipse-temurin hold beside their system, as their Dockerfiles say; `homes` of users that they make. */
export function temurinFiles(...homes: readonly string[]): SharedFacts {
  return {
    absent: NO_PROJECTS,
    directories: { ...topLevel("__cacert_entrypoint.sh"), "/home": ["ubuntu", ...homes] },
  };
}

/** alpine-baselayout's passwd, releases 3.10 to 3.24 (2026-11): those that later releases dropped are kept. */
const ALPINE_USERS = {
  ...{
    root: 0,
    bin: 1,
    daemon: 2,
    adm: 3,
    lp: 4,
    sync: 5,
    shutdown: 6,
    halt: 7,
    mail: 8,
    news: 9,
    uucp: 10,
    operator: 11,
  },
  ...{
    man: 13,
    postmaster: 14,
    cron: 16,
    ftp: 21,
    sshd: 22,
    at: 25,
    squid: 31,
    xfs: 33,
    games: 35,
    cyrus: 85,
  },
  ...{ vpopmail: 89, ntp: 123, smmsp: 209, guest: 405, nobody: 65534 },
};
/** base-passwd's passwd.master of Debian 10 to 13 and Ubuntu 20.04 to 26.04, and apt's own user (2026-11). */
const DEBIAN_USERS = {
  ...{
    root: 0,
    daemon: 1,
    bin: 2,
    sys: 3,
    sync: 4,
    games: 5,
    man: 6,
    lp: 7,
    mail: 8,
    news: 9,
    uucp: 10,
    proxy: 13,
  },
  ...{ "www-data": 33, backup: 34, list: 38, irc: 39, gnats: 41, _apt: 42, nobody: 65534 },
};
/**
 * The setup package of RHEL and Fedora, and what systemd and its like add (2026-11). Not systemd-coredump: its id is one that was
 * free, and the slim images have no such user.
 */
const RHEL_USERS = {
  ...{
    root: 0,
    bin: 1,
    daemon: 2,
    adm: 3,
    lp: 4,
    sync: 5,
    shutdown: 6,
    halt: 7,
    mail: 8,
    operator: 11,
    games: 12,
    ftp: 14,
  },
  ...{
    dbus: 81,
    "systemd-network": 192,
    "systemd-resolve": 193,
    tss: 59,
    nobody: 65534,
  },
};
/** busybox's own passwd in Docker's official image (2026-11). */
const BUSYBOX_USERS = {
  root: 0,
  daemon: 1,
  bin: 2,
  sys: 3,
  sync: 4,
  mail: 8,
  "www-data": 33,
  operator: 37,
  nobody: 65534,
};
const WOLFI_USERS = { root: 0, nobody: 65534, nonroot: 65532 };

const PATH = PROGRAM_DIRECTORIES.join(":");

/** BusyBox as Alpine builds it, and musl-utils (file list of alpine-minirootfs 3.20). */
const ALPINE_TOOLS = {
  ...there(
    "sh ash busybox apk wget nc ps pgrep pkill ping nslookup tar gzip gunzip unzip getent adduser addgroup deluser su",
  ),
  ...there(
    "sed awk grep find xargs vi env cat ls cp mv rm mkdir ln chmod chown head tail sort test sleep kill id",
  ),
  ...there("base64 md5sum sha1sum sha256sum sha512sum stat date mktemp dd"),
  ...missing("apt apt-get dpkg dnf yum microdnf"),
};
/**
 * Clients of databases, and programs that come with a project's own packages or a tool's release: no image of a distribution or
 * a language brings them, but those whose own they are (lists of packages of docker-library/repo-info, 2026-11, as generally
 * known for those of npm and Go).
 */
const SELDOM_ANYWHERE = [
  ..."pg_isready pg_restore createdb mysqladmin mariadb mariadb-admin mariadb-dump mongo mongosh mongodump redis-server".split(
    " ",
  ),
  ..."protoc buf yq socat telnet dig inotifywait entr tree tcpdump nmap ffprobe pandoc wkhtmltopdf chromium".split(
    " ",
  ),
  ..."google-chrome xvfb-run gh docker docker-compose gcloud az deno bun serve air goose migrate dlv swag sqlc".split(
    " ",
  ),
  // Of nvm and SDKMAN! there are functions of the shell alone.
  ..."uv uvx poetry pipenv pdm conda mamba micromamba rustup nvm sdk".split(" "),
  ..."golangci-lint mix elixir iex erl sbt lein hugo ansible ansible-playbook just task".split(" "),
  ...PACKAGE_PROGRAMS,
].join(" ");

/**
 * Well-known programs that neither Alpine's own image nor Docker's official images on it bring, but those whose own they
 * are (apk lists of docker-library/repo-info, read 2026-11-20).
 */
export const SELDOM_IN_ALPINE = missing(
  "jq rsync ssh scp sftp ssh-keygen ssh-keyscan dumb-init gosu zip file vim nano htop psql pg_dump mysql mysqldump " +
    "redis-cli sqlite3 pip pip3 ruby gem bundle php composer java javac mvn gradle go cargo rustc dotnet npm npx yarn pnpm " +
    "corepack kubectl helm aws terraform clang clang++ cmake pkg-config autoconf automake gpg envsubst supervisord nginx " +
    "ffmpeg locale-gen zsh g++ tshark strace gdb " +
    SELDOM_ANYWHERE,
);
/**
 * The same for Debian and Ubuntu, `-slim` and the images on it (package lists of docker-library/repo-info, read
 * 2026-11-20). Nothing in packages.ts brings one of them unless it says so.
 */
export const SELDOM_IN_DEBIAN = missing(
  "jq rsync ssh scp sftp ssh-keygen ssh-keyscan dumb-init gosu su-exec tini zip file vim nano htop psql pg_dump mysql " +
    "mysqldump redis-cli sqlite3 ruby gem bundle php composer java javac mvn gradle go cargo rustc dotnet npm npx yarn pnpm " +
    "corepack kubectl helm aws terraform clang clang++ cmake pkg-config autoconf automake gpg envsubst supervisord nginx " +
    "ffmpeg locale-gen lsb_release add-apt-repository zsh strace gdb pip pip3 python " +
    SELDOM_ANYWHERE,
);
/** The same for images on buildpack-deps, which has much for building. */
export const SELDOM_IN_BUILDPACK_DEPS = missing(
  "jq nc dumb-init gosu su-exec tini vim nano htop psql redis-cli ruby gem bundle php composer java javac mvn gradle go " +
    "cargo rustc dotnet npm npx yarn pnpm corepack kubectl helm aws terraform clang cmake supervisord nginx ffmpeg " +
    "locale-gen add-apt-repository zsh pip pip3 " +
    SELDOM_ANYWHERE,
);

/** What Alpine's own image does not bring (package lists of 3.20 to 3.24). */
const NOT_IN_ALPINE = missing(
  "bash curl git gcc g++ cc make useradd groupadd usermod sudo python3 perl node openssl xz",
);
/** The essential packages, dpkg, apt and passwd; adduser left Debian's images with Debian 13, so it is not named. */
const DEBIAN_TOOLS = {
  ...there(
    "sh dash bash apt apt-get dpkg tar gzip gunzip perl useradd groupadd usermod userdel su sed grep find xargs",
  ),
  ...there("env cat ls cp mv rm mkdir ln chmod chown head tail sort test sleep id"),
  ...missing("apk dnf yum microdnf"),
};
/** What Debian's and Ubuntu's own images do not bring (package lists of trixie, bookworm; noble). */
const NOT_IN_DEBIAN = missing(
  "curl wget git gcc g++ cc make nc ps pgrep ping unzip xz python3 sudo node ash busybox",
);

export const ALPINE: SharedFacts = {
  os: { family: "alpine", version: undefined },
  libc: "musl",
  shell: "/bin/sh",
  packageManager: "apk",
  tools: ALPINE_TOOLS,
  users: ALPINE_USERS,
  certificates: true,
};

/** None of what compiled packages of languages look for: nothing in these images needs it (their package lists, read 2026-11). */
export const NO_LIBRARIES: SharedFacts = {
  libraries: Object.fromEntries(LIBRARIES.map((it) => [it, false])),
};

/** On Debian libxml2 brings ICU along, which PHP and Apache need. */
export const NO_LIBRARIES_BUT_ICU: SharedFacts = {
  libraries: Object.fromEntries(LIBRARIES.filter((it) => it !== "libicu").map((it) => [it, false])),
};

/** Alpine's own image, and those built on it with nothing of a shell's tools added. */
export const PLAIN_ALPINE: SharedFacts = {
  ...ALPINE,
  ...NO_LIBRARIES,
  tools: { ...ALPINE_TOOLS, ...SELDOM_IN_ALPINE, ...NOT_IN_ALPINE },
  directories: alpineTopLevel(),
};

/** Debian and Ubuntu: what every image that is built on them has. */
export const DEBIAN: SharedFacts = {
  os: { family: "debian", version: undefined },
  libc: "glibc",
  shell: "/bin/sh",
  packageManager: "apt",
  tools: DEBIAN_TOOLS,
  users: DEBIAN_USERS,
  // It has apt remove each package that it downloaded (`debuerreotype-minimizing-config`, and Ubuntu after it; read 2026-11).
  files: ["/etc/apt/apt.conf.d/docker-clean"],
};

/** Debian's own image, and those built on its `-slim` with nothing of a shell's tools added. */
export const PLAIN_DEBIAN: SharedFacts = {
  ...DEBIAN,
  ...NO_LIBRARIES,
  tools: { ...DEBIAN_TOOLS, ...SELDOM_IN_DEBIAN, ...NOT_IN_DEBIAN },
  directories: topLevel(),
};

/** buildpack-deps with everything: compilers, version control, and the tools to fetch. */
export const BUILDPACK_DEPS: SharedFacts = {
  ...DEBIAN,
  tools: { ...DEBIAN_TOOLS, ...there("curl wget git gcc g++ cc make ps pgrep xz openssl") },
  certificates: true,
  directories: topLevel(),
};

export const RHEL: SharedFacts = {
  os: { family: "rhel", version: undefined },
  libc: "glibc",
  shell: "/bin/sh",
  tools: { ...there("sh bash rpm"), ...missing("apk apt apt-get") },
  users: RHEL_USERS,
};

export const WOLFI: SharedFacts = { os: { family: "wolfi", version: undefined }, users: WOLFI_USERS };
export const BUSYBOX: SharedFacts = { os: { family: "busybox", version: undefined }, users: BUSYBOX_USERS };

/** ENV of an image that sets nothing but PATH; null stands for a value that changes with the tag. */
export function environment(more: Readonly<Record<string, string | null>> = {}): SharedFacts {
  return { environment: { PATH, ...more }, environmentComplete: true };
}

/** Programs or files that an image has, as facts list them: `sh ls cat`. */
export function there(names: string): Record<string, boolean> {
  return Object.fromEntries(names.split(" ").map((it) => [it, true]));
}

/** Programs or files that an image certainly has not. */
export function missing(names: string): Record<string, boolean> {
  return Object.fromEntries(names.split(" ").map((it) => [it, false]));
}
