import type { PackageManager } from "../../../../model/image/facts.ts";

/** The shell command that installs a package of this name and leaves no cache; undefined where none is known. */
export function installCommand(manager: PackageManager | "none", name: string): string | undefined {
  switch (manager) {
    case "apk":
      return `apk add --no-cache ${name}`;
    case "apt":
      return `apt-get update && apt-get install -y --no-install-recommends ${name} && rm -rf /var/lib/apt/lists/*`;
    case "dnf":
    case "microdnf":
    case "yum":
    case "tdnf":
      return `${manager} install -y ${name} && ${manager} clean all`;
    case "zypper":
      return `zypper --non-interactive install ${name} && zypper clean --all`;
    case "pacman":
      return `pacman -Sy --noconfirm ${name} && rm -rf /var/cache/pacman/pkg/*`;
    case "none":
      return undefined;
  }
}

/**
 * The package that brings a program, with what it needs to be of use (without recommended packages curl has no
 * certificates, gcc no headers); undefined where it is not known or has another name in each release, as add-apt-repository,
 * whose package Debian 13 has no more. Alpine's aports and Debian's contents index, read 2026-11; each of Debian's was looked
 * for in 12 and 13 on 2026-11-27.
 */
export function packageOf(manager: PackageManager | "none", program: string): string | undefined {
  const table = manager === "apk" ? apkPackages : manager === "apt" ? aptPackages : undefined;
  if (table && Object.hasOwn(table, program)) return table[program];
  const isRpm = manager === "dnf" || manager === "microdnf" || manager === "yum";
  if (isRpm && Object.hasOwn(rpmPackages, program)) return rpmPackages[program];
  return isRpm
    ? commonNames.has(program)
      ? program
      : undefined
    : table && commonNames.has(program)
      ? program
      : undefined;
}

/** Programs that one of Debian's packages is installed for; empty where none is known. */
export function programsOfAptPackage(name: string): readonly string[] {
  if (commonNames.has(name)) return [name];
  return Object.keys(aptPackages).filter((it) => aptPackages[it]?.split(" ").at(-1) === name);
}

/** Named as the program, everywhere. */
const commonNames: ReadonlySet<string> = new Set(
  "bash git make jq rsync zip unzip file nano vim htop zsh cmake autoconf automake strace gdb clang".split(
    " ",
  ),
);
const apkPackages: Readonly<Record<string, string>> = {
  "c++": "g++",
  cc: "gcc musl-dev",
  curl: "curl",
  "dumb-init": "dumb-init",
  envsubst: "gettext",
  ffmpeg: "ffmpeg",
  "g++": "g++",
  gcc: "gcc musl-dev",
  gpg: "gnupg",
  node: "nodejs",
  npm: "npm",
  openssl: "openssl",
  perl: "perl",
  pg_dump: "postgresql-client",
  pip3: "py3-pip",
  "pkg-config": "pkgconf",
  psql: "postgresql-client",
  python3: "python3",
  scp: "openssh-client",
  sftp: "openssh-client",
  sqlite3: "sqlite",
  ssh: "openssh-client",
  "ssh-keygen": "openssh-client",
  "ssh-keyscan": "openssh-client",
  "su-exec": "su-exec",
  supervisord: "supervisor",
  tini: "tini",
  xz: "xz",
};
const aptPackages: Readonly<Record<string, string>> = {
  busybox: "busybox",
  "c++": "g++",
  cc: "gcc libc6-dev",
  curl: "ca-certificates curl",
  "dumb-init": "dumb-init",
  envsubst: "gettext-base",
  ffmpeg: "ffmpeg",
  "g++": "g++",
  gcc: "gcc libc6-dev",
  git: "ca-certificates git",
  gosu: "gosu",
  gpg: "gnupg",
  "locale-gen": "locales",
  lsb_release: "lsb-release",
  mysql: "default-mysql-client",
  mysqldump: "default-mysql-client",
  nc: "netcat-openbsd",
  node: "nodejs",
  npm: "npm",
  openssl: "openssl",
  pg_dump: "postgresql-client",
  pgrep: "procps",
  ping: "iputils-ping",
  pip3: "python3-pip",
  "pkg-config": "pkg-config",
  ps: "procps",
  psql: "postgresql-client",
  python3: "python3",
  "redis-cli": "redis-tools",
  scp: "openssh-client",
  sftp: "openssh-client",
  sqlite3: "sqlite3",
  ssh: "openssh-client",
  "ssh-keygen": "openssh-client",
  "ssh-keyscan": "openssh-client",
  supervisord: "supervisor",
  tini: "tini",
  wget: "ca-certificates wget",
  xz: "xz-utils",
};
const rpmPackages: Readonly<Record<string, string>> = {
  cc: "gcc",
  gcc: "gcc",
  nc: "nmap-ncat",
  ps: "procps-ng",
  ssh: "openssh-clients",
  scp: "openssh-clients",
  python3: "python3",
  wget: "wget",
  xz: "xz",
};
