/**
 * Packages that Alpine and Debian name alike, with the same program or data in them (aports 3.24, Debian trixie; read
 * 2026-11).
 */
const SAME: ReadonlySet<string> = new Set(
  (
    "bash bzip2 ca-certificates cmake curl dumb-init ffmpeg file g++ gcc git git-lfs gnupg graphviz gzip htop " +
    "imagemagick iproute2 jq less libffi-dev libpq-dev lsof make nano netcat-openbsd nginx nodejs npm openssh-client " +
    "openssh-server openssl patch postgresql-client procps python3 python3-dev rsync screen socat strace sudo tar " +
    "tini tmux tree tzdata unzip vim wget zip"
  ).split(" "),
);

/** Alpine's name and Debian's where they differ. */
const PAIRS: readonly (readonly [apk: string, apt: string])[] = [
  ["bind-tools", "dnsutils"],
  ["build-base", "build-essential"],
  ["iputils", "iputils-ping"],
  ["musl-dev", "libc6-dev"],
  ["openssl-dev", "libssl-dev"],
  ["py3-pip", "python3-pip"],
  ["sqlite", "sqlite3"],
  ["xz", "xz-utils"],
  ["zlib-dev", "zlib1g-dev"],
];

/** The other distribution's name of a package; undefined for one that is not known. */
export function packageNameFor(manager: "apk" | "apt", name: string): string | undefined {
  if (SAME.has(name)) return name;
  const [from, to] = manager === "apk" ? ([1, 0] as const) : ([0, 1] as const);
  return PAIRS.find((it) => it[from] === name)?.[to];
}
