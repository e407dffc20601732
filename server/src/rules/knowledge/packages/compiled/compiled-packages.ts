/** A dependency as its manifest has it. */
export interface NamedPackage {
  readonly name: string;
  /** `^5.1.1`, `==2.1`; empty where nothing is said. */
  readonly version: string;
}

/**
 * Packages of npm whose install script compiles an addon or downloads one for the C library of the image it runs in, and which
 * cannot do without, below the version: later ones bring addons for both libraries along, or are not out yet. Not esbuild, whose
 * program is static, nor what picks its addon by npm's `libc` field, of which npm may install both (npm/rfcs#438). From their
 * packages in the npm registry, read 2026-11-26.
 */
const NODE_ADDONS: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  argon2: [0, 32],
  bcrypt: [6, 0],
  "better-sqlite3": [13, 0],
  canvas: [4, 0],
  libpq: [2, 0],
  "node-sass": [10, 0],
  "pg-native": [4, 0],
  re2: [2, 0],
  sharp: [0, 33],
  sqlite3: [7, 0],
};

/** Is it certain that this version holds code for one C library? Without a version where all of them do. */
export function isNodeAddon({ name, version }: NamedPackage): boolean {
  if (!Object.hasOwn(NODE_ADDONS, name)) return false;
  const limit = NODE_ADDONS[name];
  if (!limit) return false;
  // `>=5`, `latest` and a git address may be any version.
  const [, major, minor] = /^[\^~=v]*(\d+)(?:\.(\d+)|\.x)?[.\w-]*$/.exec(version) ?? [];
  if (major === undefined) return false;
  const [least, below] = limit;
  return Number(major) < least || (Number(major) === least && minor !== undefined && Number(minor) < below);
}

/**
 * Packages of PyPI that do nothing without a module that is compiled for one C library: its file is named after it
 * (`….cpython-313-x86_64-linux-gnu.so`, `…-linux-musl.so`), so that the other's Python does not find it. argon2-cffi, cryptography
 * and pynacl go by the stable ABI themselves, and do nothing without cffi, whose module is named so. The second group goes by the
 * stable ABI alone, whose names do not tell: what musl's wheels need glibc's systems lack, the other way round it may work. By the
 * files of Debian 13's packages (2026-11-27), which has no duckdb and pyarrow; bcrypt, opencv, tokenizers and pyzmq
 * (27.1: cp312-abi3) by the names of their wheels, as Debian builds them otherwise or not at all.
 */
const PYTHON_MODULES: ReadonlySet<string> = new Set(
  (
    "argon2-cffi argon2-cffi-bindings asyncpg cffi confluent-kafka cryptography duckdb gevent greenlet grpcio h5py httptools " +
    "lxml matplotlib mysqlclient numba numpy orjson pandas pillow psycopg2 psycopg2-binary pyarrow pydantic-core pynacl pyodbc " +
    "python-ldap regex scikit-learn scipy shapely tiktoken ujson uvloop xmlsec zstandard"
  ).split(" "),
);
const PYTHON_STABLE: ReadonlySet<string> = new Set(
  "bcrypt opencv-python opencv-python-headless pyzmq tokenizers".split(" "),
);

/** Is it certain that the other C library's Python cannot load it? */
export function isPythonModule({ name, version }: NamedPackage, builtFor: "glibc" | "musl"): boolean {
  if (name === "pydantic") return /^(==|~=|>=)\s*2(\.|$)/.test(version);
  return PYTHON_MODULES.has(name) || (builtFor === "musl" && PYTHON_STABLE.has(name));
}

/** `psycopg2_binary[x]==2.9.9` as pip takes it; undefined for an address, a file, and what holds only on some systems. */
export function readRequirement(text: string): NamedPackage | undefined {
  const [, name, version = ""] =
    /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*((?:[=<>!~]=?.*)?)$/.exec(text.trim()) ?? [];
  if (name === undefined || version.includes(";")) return undefined;
  return { name: name.toLowerCase().replace(/[-_.]+/g, "-"), version };
}

/** The packages of a requirements file. */
export function readRequirements(text: string): NamedPackage[] {
  return text
    .split("\n")
    .map((it) => it.replace(/(^|\s)#.*$/, "").replace(/(?<!\s)\s+--hash=.*$|(?<!\s)\s*\\$/, ""))
    .flatMap((it) => readRequirement(it) ?? []);
}
