import { LIBRARIES } from "../../server/src/model/image/facts.ts";
import type { Suite } from "./debian.ts";
import { Expected } from "./ending.ts";

/**
 * Programs of which the index says which packages bring them: those that builds, health checks and commands of containers call
 * and that a Debian image may lack. Programs that most packages divert or that come under other names are left out.
 */
const PROGRAMS = (
  "add-apt-repository ant ar as autoconf automake autoreconf bison bundle bzip2 c++ cargo cc cmake composer cron curl dig " +
  "dos2unix dumb-init envsubst ffmpeg file flex g++ gcc gem git go gosu gpg hg host ifconfig ip java javac jq killall ld " +
  "less libtoolize locale-gen lsb_release lsof m4 make mariadb mariadb-admin meson msgfmt mvn mysql mysqladmin nano nc " +
  "ncat netstat nginx ninja node npm nslookup openssl patch pg_dump pg_isready pg_restore pgrep php ping pip pip3 " +
  "pkg-config pkill protoc ps psql python python3 redis-cli rsync ruby rustc scp socat sqlite3 ss ssh ssh-keyscan sudo " +
  "supervisord svn tini unzip update-ca-certificates uuidgen vi vim wget xvfb-run xxd xz zip zstd"
).split(" ");

/** Names under which `update-alternatives` makes a program of what packages have under others (their scripts, read 2026-11). */
const ALTERNATIVES: Readonly<Record<string, RegExp>> = {
  automake: /^automake-[\d.]+$/,
  cc: /^(?:gcc|clang|tcc|pcc)(?:-[\d.]+)?$/,
  "c++": /^(?:g\+\+|clang\+\+)(?:-[\d.]+)?$/,
  java: /^java$/,
  javac: /^javac$/,
  nc: /^(?:nc\.\w+|ncat)$/,
  php: /^php[\d.]*$/,
  python: /^python$/,
  vi: /^(?:vim\.\w+|nvim|nvi|elvis.*|levee)$/,
  vim: /^(?:vim\.\w+|nvim)$/,
};

/** What is more than a program: a bundle of certificates, a database of time zones, libraries that compiled packages of languages load. */
const FEATURES: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(LIBRARIES.map((it) => [`@${it}`, libraryFile(it)])),
  "@certificates": /^(?:etc\/ssl\/certs|usr\/share\/ca-certificates)\//,
  "@timeZones": /^usr\/share\/zoneinfo\//,
};

function libraryFile(library: string): RegExp {
  // ICU is several files, one of which all that use it need.
  const name = library === "libicu" ? "libicuuc" : library === "libpng" ? "libpng16" : library;
  return new RegExp(`^usr/lib/[\\w-]+/${name}\\.so\\.\\d`);
}

/** All that the index speaks of, in the order of the bits of a mask. */
const SPOKEN_OF = [...PROGRAMS, ...Object.keys(FEATURES)];

const BITS = new Map(SPOKEN_OF.map((it, at) => [it, 1n << BigInt(at)]));

/** For each name that apt installs: a bit for each of `SPOKEN_OF` that may come with it. */
export type Brought = ReadonlyMap<string, bigint>;

/**
 * What comes with each package of a suite and all that apt fetches with it, from the lists of the suite: Depends and Pre-Depends,
 * Recommends too or not. Of alternatives apt takes the first that there is, unless another one is there already, which then is
 * named by itself; what the base system has is there. Of a name that packages provide all of them count.
 */
export async function programsBrought(
  suite: Suite,
): Promise<{ readonly required: Brought; readonly recommended: Brought }> {
  const own = await ownPrograms(suite);
  const archive = readArchive(await suite.lists());
  return { required: closed(own, archive, false), recommended: closed(own, archive, true) };
}

/** Those of `SPOKEN_OF` that nothing brings: a wrong name, or one that only scripts of packages make. */
export function neverBrought(all: Iterable<Brought>): readonly string[] {
  let seen = 0n;
  for (const brought of all) for (const mask of brought.values()) seen |= mask;
  return SPOKEN_OF.filter((_, at) => ((seen >> BigInt(at)) & 1n) === 0n);
}

/** The programs that packages themselves have. */
async function ownPrograms(suite: Suite): Promise<Brought> {
  const own = new Map<string, bigint>();
  for await (const lines of suite.contents())
    for (const line of lines) {
      const [, path = "", owners = ""] = /^(.*?)\s+(\S+)$/.exec(line) ?? [];
      const mask = maskOf(path);
      if (mask === 0n) continue;
      for (const owner of owners.split(",")) {
        const name = owner.slice(owner.lastIndexOf("/") + 1);
        own.set(name, (own.get(name) ?? 0n) | mask);
      }
    }
  return own;
}

function maskOf(path: string): bigint {
  const name = /(?:^|\/)s?bin\/([^/]+)$/.exec(path)?.[1];
  let mask = name === undefined ? 0n : (BITS.get(name) ?? 0n);
  for (const [program, pattern] of Object.entries(name === undefined ? {} : ALTERNATIVES))
    if (pattern.test(name ?? "")) mask |= BITS.get(program) ?? 0n;
  for (const [feature, pattern] of Object.entries(FEATURES))
    if (pattern.test(path)) mask |= BITS.get(feature) ?? 0n;
  return mask;
}

interface Archive {
  /** Each need is a list of alternatives. */
  readonly packages: ReadonlyMap<string, { readonly depends: Needs; readonly recommends: Needs }>;
  readonly providers: ReadonlyMap<string, ReadonlySet<string>>;
  /** What every Debian system has. */
  readonly base: ReadonlySet<string>;
}

type Needs = readonly (readonly string[])[];

function readArchive(lists: readonly string[]): Archive {
  const packages = new Map<string, { depends: Needs; recommends: Needs }>();
  const providers = new Map<string, Set<string>>();
  // debconf and adduser are of no priority that says so, and in every image: apt and others need them.
  const base = new Set(["adduser", "apt", "debconf"]);
  for (const paragraph of lists.flatMap((it) => it.split("\n\n"))) {
    const name = field(paragraph, "Package");
    if (name === "") continue;
    const earlier = packages.get(name);
    packages.set(name, {
      depends: [
        ...(earlier?.depends ?? []),
        ...needs(field(paragraph, "Depends")),
        ...needs(field(paragraph, "Pre-Depends")),
      ],
      recommends: [...(earlier?.recommends ?? []), ...needs(field(paragraph, "Recommends"))],
    });
    if (/^(?:Priority: required|Essential: yes)$/m.test(paragraph)) base.add(name);
    for (const [provided = ""] of needs(field(paragraph, "Provides")))
      providers.set(provided, (providers.get(provided) ?? new Set()).add(name));
  }
  return { packages, providers, base };
}

function field(paragraph: string, name: string): string {
  return new RegExp(`^${name}: (.*)`, "m").exec(paragraph)?.[1] ?? "";
}

/** `a (>= 1) | b:any, c` */
function needs(text: string): Needs {
  const groups = text.split(",").map((it) => it.split("|").map((one) => one.trim().split(/[\s:(]/)[0] ?? ""));
  return groups.filter((it) => it[0] !== "");
}

/** Spreads what packages have along their needs, until nothing changes. */
function closed(own: Brought, { packages, providers, base }: Archive, withRecommended: boolean): Brought {
  const next = new Map<string, ReadonlySet<string>>();
  for (const [name, { depends, recommends }] of packages) {
    const takes = [...depends, ...(withRecommended ? recommends : [])].flatMap((alternatives) => {
      if (alternatives.some((it) => base.has(it))) return [];
      const first = alternatives.find((it) => packages.has(it) || providers.has(it));
      return first === undefined ? [] : packages.has(first) ? [first] : [...(providers.get(first) ?? [])];
    });
    next.set(name, new Set(takes));
  }
  for (const [name, by] of providers) if (!packages.has(name)) next.set(name, by);
  const brought = new Map([...next.keys()].map((it) => [it, own.get(it) ?? 0n]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, others] of next) {
      const before = brought.get(name) ?? 0n;
      let mask = before;
      for (const it of others) mask |= brought.get(it) ?? 0n;
      if (mask === before) continue;
      brought.set(name, mask);
      changed = true;
    }
  }
  return brought;
}

/** Two characters for each set of programs, in the order in which they come. */
export class ProgramCodes {
  private readonly byMask = new Map<bigint, number>([[0n, 0]]);

  of(mask: bigint): string {
    const code = this.byMask.get(mask) ?? this.byMask.size;
    this.byMask.set(mask, code);
    if (code >= 94 * 94) throw new Expected("There are more sets of programs than two characters can name.");
    return String.fromCharCode(0x21 + Math.floor(code / 94), 0x21 + (code % 94));
  }

  /** What the codes mean: the programs that are spoken of, and for each code the numbers of its own. */
  legend(): string {
    const sets = [...this.byMask.keys()].map((mask) =>
      SPOKEN_OF.flatMap((_, at) => ((mask >> BigInt(at)) & 1n ? at.toString(36) : [])).join(" "),
    );
    return `* ${SPOKEN_OF.join(" ")}\n${sets.join("\n")}\n`;
  }
}
