/** A dependency as its manifest has it. */
export interface NamedPackage {
  readonly name: string;
  /** `^5.1.1`, `==2.1`; empty where nothing is said. */
  readonly version: string;
}

/**
 * Packages of npm whose install script compiles an addon or downloads one for the C library of the image it runs in, and which
 * cannot do without. With a version: only below it, as later ones bring addons for both libraries along. Not esbuild, whose
 * program is static, nor what picks its addon by npm's `libc` field, of which npm may install both (npm/rfcs#438). From their
 * package.json and changelogs, read 2026-11.
 */
const NODE_ADDONS: Readonly<Record<string, readonly [major: number, minor: number] | "all">> = {
  argon2: [0, 32],
  bcrypt: [6, 0],
  "better-sqlite3": "all",
  canvas: "all",
  libpq: "all",
  "node-sass": "all",
  "pg-native": "all",
  re2: "all",
  sharp: [0, 33],
  sqlite3: "all",
};

export function isNodeAddon({ name, version }: NamedPackage): boolean {
  if (!Object.hasOwn(NODE_ADDONS, name)) return false;
  const limit = NODE_ADDONS[name];
  if (limit === undefined || limit === "all") return limit === "all";
  // `>=5`, `latest` and a git address may be any version.
  const [, major, minor] = /^[\^~=v]*(\d+)(?:\.(\d+)|\.x)?[.\w-]*$/.exec(version) ?? [];
  if (major === undefined) return false;
  const [least, below] = limit;
  return Number(major) < least || (Number(major) === least && minor !== undefined && Number(minor) < below);
}

/**
 * Packages of PyPI that do nothing without a module that is compiled for one C library: its file is named after it
 * (`….cpython-313-x86_64-linux-gnu.so`, `…-linux-musl.so`), so that the other's Python does not find it. The second group goes by
 * the stable ABI, whose names do not tell: what musl's wheels need glibc's systems lack, the other way round it may work. From the
 * files of their wheels on PyPI, read 2026-11.
 */
const PYTHON_MODULES: ReadonlySet<string> = new Set(
  (
    "argon2-cffi argon2-cffi-bindings asyncpg cffi confluent-kafka cryptography duckdb gevent greenlet grpcio h5py httptools " +
    "lxml matplotlib mysqlclient numba numpy orjson pandas pillow psycopg2 psycopg2-binary pyarrow pydantic-core pynacl pyodbc " +
    "python-ldap pyzmq regex scikit-learn scipy shapely tiktoken ujson uvloop xmlsec zstandard"
  ).split(" "),
);
const PYTHON_STABLE: ReadonlySet<string> = new Set(
  "bcrypt opencv-python opencv-python-headless tokenizers".split(" "),
);

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
    .map((it) => it.replace(/(^|\s)#.*$/, "").replace(/\s+--hash=.*$|\s*\\$/, ""))
    .flatMap((it) => readRequirement(it) ?? []);
}
