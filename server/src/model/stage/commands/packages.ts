import type { Changes } from "../contents/changes.ts";
import { type Feature, isFeature } from "../contents/view.ts";
import type { Call, PackageArchive } from "./command-family.ts";

/** Of GNU's binutils, beside `ld`, `as` and `ar`. */
const BINUTILS =
  "addr2line c++filt dwp elfedit gold gp-archive gp-collect-app gp-display-html gp-display-src gp-display-text gprof gprofng " +
  "gprofng-archive gprofng-collect-app gprofng-display-html gprofng-display-src gprofng-display-text ld.bfd ld.gold nm objcopy " +
  "objdump ranlib readelf size strings strip";
const LIBC_DEVELOPMENT = "gencat memusage memusagestat mtrace rpcgen sotruss sprof";
const GCC = `c89 c89-gcc c99 c99-gcc cpp gcc-ar gcc-nm gcc-ranlib gcov gcov-dump gcov-tool lto-dump ${BINUTILS} ${LIBC_DEVELOPMENT}`;
/** Of Debian's perl. */
const PERL =
  "corelist cpan enc2xs encguess h2ph h2xs instmodsh json_pp libnetcfg perlbug perldoc perlivp perlthanks piconv pl2pm pod2html " +
  "pod2man pod2text pod2usage podchecker prove ptar ptardiff ptargrep shasum splain streamzip xsubpp zipdetails";
const LESS = "lessecho lessfile lesskey lesspipe";
const XZ =
  "lzcat lzcmp lzdiff lzegrep lzfgrep lzgrep lzless lzma lzmainfo lzmore unlzma unxz xzcat xzcmp xzdec xzdiff xzegrep xzfgrep " +
  "xzgrep xzless xzmore";
/** dpkg-dev with bzip2, fakeroot and gnupg. */
const PACKAGING =
  "bunzip2 bzcat bzcmp bzdiff bzegrep bzexe bzfgrep bzgrep bzip2 bzip2recover bzless bzmore dpkg-architecture dpkg-buildapi " +
  "dpkg-buildflags dpkg-buildpackage dpkg-buildtree dpkg-checkbuilddeps dpkg-distaddfile dpkg-genbuildinfo dpkg-genchanges " +
  "dpkg-gencontrol dpkg-gensymbols dpkg-mergechangelogs dpkg-name dpkg-parsechangelog dpkg-scanpackages dpkg-scansources " +
  "dpkg-shlibdeps dpkg-source dpkg-vendor faked-sysv faked-tcp fakeroot-sysv fakeroot-tcp addgnupghome applygnupgdefaults dirmngr " +
  "dirmngr-client gpg-agent gpg-connect-agent gpg-wks-server gpg-zip gpgcompose gpgconf gpgparsemail gpgsm gpgsplit gpgtar kbxutil " +
  "lspgpot migrate-pubring-from-classic-gpg pinentry pinentry-curses sq watchgnupg";
const ZIPS = "funzip unzipsfx zipgrep zipinfo";

/**
 * What a package puts into an image, with everything that it depends on: only packages whose dependencies bring no
 * program, user or feature beyond those named. Any other package may bring anything.
 */
export interface PackageContents {
  readonly tools?: string;
  /** Programs that come too, with what it recommends or in one release or another. */
  readonly others?: string;
  readonly features?: readonly Feature[];
  /** What comes with packages that it recommends, and so not with `--no-install-recommends`. */
  readonly recommended?: { readonly tools?: string; readonly features?: readonly Feature[] };
  readonly users?: string;
  readonly files?: readonly string[];
}

/** Alpine's packages (aports, 3.20 to 3.24, read 2026-11-20). */
export const APK_PACKAGES: Readonly<Record<string, PackageContents>> = {
  "alpine-sdk": {
    others: GCC,
    tools: "gcc g++ cc c++ make file git patch tar fakeroot abuild sudo openssl curl pkg-config pkgconf",
  },
  bash: { tools: "bash" },
  "bind-tools": { tools: "dig nslookup host" },
  "build-base": { others: GCC, tools: "gcc g++ cc c++ make file patch ld as ar" },
  "ca-certificates": { tools: "update-ca-certificates c_rehash", features: ["certificates"] },
  "ca-certificates-bundle": { features: ["certificates"] },
  coreutils: {
    tools:
      "timeout nproc base64 md5sum sha1sum sha256sum sha512sum stat date head tail sort cp mv ln ls rm mkdir chmod chown cat " +
      "env id sleep test mktemp dd install",
  },
  curl: { tools: "curl" },
  "dumb-init": { tools: "dumb-init" },
  file: { tools: "file" },
  findutils: { tools: "find xargs" },
  "g++": { others: GCC, tools: "g++ gcc cc c++ ld as ar" },
  gcc: { others: GCC, tools: "gcc cc ld as ar" },
  gcompat: { files: ["/lib/ld-linux-x86-64.so.2", "/lib64/ld-linux-x86-64.so.2"] },
  gettext: { tools: "gettext envsubst msgfmt" },
  git: { tools: "git" },
  gnupg: { tools: "gpg gpgconf dirmngr" },
  grep: { tools: "grep egrep fgrep" },
  "icu-libs": { features: ["libicu"] },
  iproute2: { tools: "ip ss tc" },
  iputils: { tools: "ping arping" },
  jq: { tools: "jq" },
  krb5: {},
  "krb5-libs": {},
  "libc6-compat": { files: ["/lib/ld-linux-x86-64.so.2", "/lib64/ld-linux-x86-64.so.2"] },
  libgcc: {},
  libpng: { features: ["libpng"] },
  libpq: { features: ["libpq"] },
  "libpq-dev": { tools: "pg_config openssl pkg-config pkgconf", features: ["libpq"] },
  libstdc: {},
  "libstdc++": {},
  libxslt: { tools: "xsltproc", features: ["libxslt"] },
  libzip: { features: ["libzip"] },
  "linux-headers": {},
  make: { tools: "make" },
  mailcap: {},
  "mariadb-connector-c": { features: ["libmariadb"] },
  "musl-dev": {},
  nano: { tools: "nano" },
  "netcat-openbsd": { tools: "nc" },
  openssh: { tools: "ssh scp sftp sshd ssh-keygen ssh-keyscan ssh-add ssh-agent ssh-copy-id" },
  "openssh-client": { tools: "ssh scp sftp ssh-keygen ssh-keyscan ssh-add ssh-agent ssh-copy-id" },
  openssl: { tools: "openssl" },
  "postgresql-client": {
    tools: "psql pg_dump pg_restore pg_isready createdb dropdb",
    features: ["libpq"],
  },
  procps: { tools: "ps pgrep pkill top free watch" },
  protobuf: { tools: "protoc" },
  python3: { tools: "python3 pydoc3" },
  rsync: { tools: "rsync" },
  sed: { tools: "sed" },
  shadow: { tools: "useradd groupadd usermod userdel groupmod groupdel chpasswd passwd" },
  "sqlite-libs": {},
  sqlite: { tools: "sqlite3" },
  sudo: { tools: "sudo" },
  "su-exec": { tools: "su-exec" },
  tar: { tools: "tar" },
  tini: { tools: "tini" },
  tzdata: { features: ["timeZones"] },
  unzip: { tools: "unzip" },
  upx: { tools: "upx" },
  vim: { tools: "vim xxd" },
  wget: { tools: "wget" },
  xz: { tools: "xz" },
  zip: { tools: "zip" },
  "zlib-dev": {},
  zstd: { tools: "zstd" },
};

/** What ca-certificates brings, which curl and wget recommend. */
const CERTIFICATES = { tools: "openssl update-ca-certificates", features: ["certificates"] } as const;

/** Debian's and Ubuntu's packages with what they recommend (bookworm, trixie, noble, read 2026-11-20; all programs of them, 2026-11-27). */
export const APT_PACKAGES: Readonly<Record<string, PackageContents>> = {
  bash: { tools: "bash" },
  "build-essential": {
    others: `${GCC} ${PERL} ${PACKAGING} ${XZ} gmake make-first-existing-target`,
    tools: "gcc g++ cc c++ make dpkg-buildpackage patch perl xz fakeroot gpg ld as ar",
  },
  "ca-certificates": { tools: "update-ca-certificates openssl c_rehash", features: ["certificates"] },
  curl: { others: "wcurl c_rehash", tools: "curl", recommended: CERTIFICATES },
  "dumb-init": { tools: "dumb-init" },
  file: { tools: "file" },
  "g++": { others: `${GCC} gmake`, tools: "g++ gcc cc c++ ld as ar make" },
  gcc: { others: GCC, tools: "gcc cc ld as ar" },
  git: {
    others: `${PERL} ${LESS} addgroup adduser c_rehash delgroup deluser git-receive-pack git-shell git-upload-archive git-upload-pack scalar slogin ssh-add ssh-agent ssh-argv0 ssh-copy-id xauth`,
    tools: "git perl",
    recommended: {
      tools: "ssh scp sftp ssh-keygen ssh-keyscan less patch openssl update-ca-certificates",
      features: ["certificates"],
    },
  },
  gosu: { tools: "gosu" },
  "iputils-ping": { others: "capsh getcap getpcaps ping4 ping6 setcap", tools: "ping" },
  jq: { tools: "jq" },
  less: { others: LESS, tools: "less" },
  "libc6-dev": { others: LIBC_DEVELOPMENT },
  libmariadb3: { features: ["libmariadb"] },
  libpq5: { others: "c_rehash openssl update-ca-certificates", features: ["libpq"] },
  libssl3: {},
  "libssl-dev": {},
  make: { others: "gmake make-first-existing-target", tools: "make" },
  nano: { others: "editor pico rnano", tools: "nano" },
  netbase: {},
  "netcat-openbsd": { others: "nc.openbsd netcat", tools: "nc" },
  "netcat-traditional": { others: "nc.traditional netcat", tools: "nc" },
  openssl: { others: "c_rehash", tools: "openssl" },
  "pkg-config": {
    others: `${GCC} ${PERL} ${PACKAGING} ${XZ} gmake make-first-existing-target`,
    tools: "pkg-config pkgconf dpkg-architecture perl patch make xz gcc cc fakeroot gpg",
  },
  procps: {
    others:
      "fuser kill killall peekfd pidwait pmap prtstat pslog pstree pstree.x11 pwdx skill slabtop snice sysctl tload uptime vmstat w",
    tools: "ps pgrep pkill top free watch",
  },
  sqlite3: { tools: "sqlite3" },
  sudo: { others: "cvtsudoers sudo_logsrvd sudo_sendlog sudoedit sudoreplay visudo", tools: "sudo" },
  tini: { others: "tini-static", tools: "tini" },
  tzdata: { features: ["timeZones"] },
  unzip: { others: ZIPS, tools: "unzip" },
  wget: { others: "c_rehash", tools: "wget", recommended: CERTIFICATES },
  "xz-utils": { others: XZ, tools: "xz" },
  zip: { others: `${ZIPS} zipcloak zipnote zipsplit`, tools: "zip", recommended: { tools: "unzip" } },
  "zlib1g-dev": { others: LIBC_DEVELOPMENT },
};

/** `name=1.2-r3`, `name~=1`, `name/edge`, `name:amd64`, `name@repo` without what follows the name. */
function packageName(word: string): string {
  return word.replace(/[=<>~@/:].*$/, "");
}

/**
 * The names of packages that a call installs or removes, `words` of which stand at `places`: a version may hold a pattern or a variable
 * (`curl=8.*`) and says nothing of the name in front of it.
 */
export function packagesOf(
  call: Call,
  words: readonly (string | undefined)[],
  places: readonly number[],
): readonly (string | undefined)[] {
  return words.map((word, at) => {
    const written = call.arguments[places[at] ?? -1]?.raw ?? "";
    return (
      packageName(
        word ?? /^["']?([a-z0-9][a-z0-9+._-]*)[=~<>]/.exec(written)?.[0].replace(/^["']/, "") ?? "",
      ) || undefined
    );
  });
}

/** How packages are installed. */
interface Installing {
  /** Without `--no-install-recommends`. */
  readonly withRecommended?: boolean;
  /** What is known of packages that the table does not have. */
  readonly archive?: PackageArchive | undefined;
}

/** Records an installation of packages by name; gives false when one of them may bring more than the table knows. */
export function installPackages(
  table: Readonly<Record<string, PackageContents>>,
  packages: readonly (string | undefined)[],
  changes: Changes,
  { withRecommended = true, archive }: Installing = {},
): boolean {
  let [all, archived] = [true, true];
  const programs = new Set<string>();
  const others = new Set<string>();
  for (const name of packages) {
    const contents = name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
    if (name !== undefined && contents) {
      addContents(contents, changes, withRecommended);
      for (const it of programsOf(contents, withRecommended)) programs.add(it);
      for (const it of names(contents.others)) others.add(it);
      continue;
    }
    all = false;
    const brought = name === undefined ? undefined : archive?.broughtBy(name, withRecommended);
    for (const it of brought ?? []) {
      const feature = it.replace(/^@/, "");
      if (feature === it) changes.mayAddTool(it);
      else if (isFeature(feature)) changes.mayAddFeature(feature);
    }
    // A package often is named as the program it brings.
    if (name !== undefined && !(brought && archive?.programs.has(name))) changes.mayAddTool(name);
    archived &&= brought !== undefined;
  }
  if (!all) changes.mayInstallPackages(archived ? archive?.programs : undefined);
  else if (packages.length > 0) changes.mayWritePackages(programs, others);
  return all;
}

function addContents(contents: PackageContents, changes: Changes, withRecommended: boolean): void {
  for (const tool of names(contents.tools)) changes.addTool(tool);
  for (const user of names(contents.users)) changes.addUser(user);
  for (const feature of contents.features ?? []) changes.addFeature(feature);
  if (withRecommended) {
    for (const tool of names(contents.recommended?.tools)) changes.addTool(tool);
    for (const feature of contents.recommended?.features ?? []) changes.addFeature(feature);
  }
  for (const file of contents.files ?? []) changes.write(file, "file");
}

function programsOf({ tools, recommended }: PackageContents, withRecommended: boolean): readonly string[] {
  return [...names(tools), ...(withRecommended ? names(recommended?.tools) : [])];
}

/** What came with packages because they recommend it, and goes when nothing else needs it. */
export function recommendedBy(
  table: Readonly<Record<string, PackageContents>>,
  packages: readonly (string | undefined)[],
): readonly string[] {
  return packages.flatMap((it) =>
    it !== undefined && Object.hasOwn(table, it) ? names(table[it]?.recommended?.tools) : [],
  );
}

/** Takes back what these packages brought; programs that the base has `below` them stay. */
export function removePackages(
  table: Readonly<Record<string, PackageContents>>,
  packages: readonly (string | undefined)[],
  changes: Changes,
  below: ReadonlySet<string> = NONE,
): void {
  for (const name of packages) {
    const contents = name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
    for (const tool of names(contents?.tools ?? name))
      if (below.has(tool)) changes.uncoverTool(tool);
      else changes.removeTool(tool);
  }
}

const NONE: ReadonlySet<string> = new Set();

function names(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(" ").filter(Boolean);
}
