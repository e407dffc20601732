import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Expected } from "./ending.ts";
import { onPath, output } from "./programs.ts";

/** A suite of Debian's archive by its code name, with an apt of its own: nothing of the machine's apt is changed. */
export interface Suite {
  readonly name: string;
  /** Downloads packages and unpacks them into `folder`; none of their scripts run. */
  unpack(packages: readonly string[], folder: string): Promise<void>;
  /** The same with everything they depend on, as a file system of its own needs it. */
  unpackWithDependencies(packages: readonly string[], folder: string): Promise<void>;
  /** Names of the packages that match, a regular expression of apt's. */
  search(name: string): Promise<readonly string[]>;
  /** What the archive says of its packages: the text of each list, one paragraph a package. */
  lists(): Promise<readonly string[]>;
  /**
   * Lines of which file is in which packages of amd64 (`usr/bin/nc net/a,net/b`), some at a time; 50 MB to fetch. These lists are not
   * held to the archive's signature: mirrors lag behind it with them for hours, and nothing is installed by them.
   */
  contents(): AsyncIterable<readonly string[]>;
}

/** Why packages of Debian cannot be used here; undefined when they can. */
export function withoutDebian(): string | undefined {
  if (process.platform !== "linux") return "it is made of Debian packages, and this is not Linux";
  return onPath("apt-get") && onPath("dpkg-deb")
    ? undefined
    : "it is made of Debian packages, and there is no apt-get here";
}

/** The code name of the Debian that this machine runs, e.g. `bookworm`: what is built for it finds its C library. */
export function hostSuite(): string {
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  return /^VERSION_CODENAME="?([a-z]+)/m.exec(release)?.[1] ?? "stable";
}

/** More than the machine itself needs of a suite. */
interface SuiteOptions {
  /** The suite's updates and security updates too. */
  readonly updates?: boolean;
  /** Instead of the machine's own. */
  readonly architectures?: readonly string[];
}

/**
 * Fetches the package list of a suite into `folder`. The archive, its keys, proxies and passwords are those of the
 * machine's own apt. Throws `Expected` when the archive cannot be reached or has no such suite.
 */
export async function openSuite(name: string, folder: string, options: SuiteOptions = {}): Promise<Suite> {
  const apt = path.join(folder, `apt-${name}`);
  for (const part of ["none", "lists/partial", "cache/archives/partial"])
    mkdirSync(path.join(apt, part), { recursive: true });
  writeFileSync(path.join(apt, "status"), "");
  writeFileSync(path.join(apt, "sources.list"), await sourcesOf(name, options));
  const settings = {
    "Dir::Etc::sourcelist": path.join(apt, "sources.list"),
    "Dir::Etc::sourceparts": path.join(apt, "none"),
    "Dir::Etc::preferences": path.join(apt, "none/preferences"),
    "Dir::Etc::preferencesparts": path.join(apt, "none"),
    "Dir::State::lists": path.join(apt, "lists"),
    "Dir::State::status": path.join(apt, "status"),
    "Dir::Cache": path.join(apt, "cache"),
    "Acquire::Languages": "none",
    "Acquire::Retries": "3",
    // What apt-file and software centres add to the lists of the machine: tens of megabytes that nobody here reads.
    "Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled": "false",
    "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
    // apt would otherwise download as a user who may not be able to write here.
    "APT::Sandbox::User": "root",
  };
  const file = path.join(apt, "apt.conf");
  writeFileSync(
    file,
    Object.entries(settings)
      .map(([key, value]) => `${key} "${value}";\n`)
      .join(""),
  );
  const run = (program: string, args: readonly string[]) =>
    output(program, ["-q", ...args], {
      cwd: path.join(apt, "cache/archives"),
      env: { ...process.env, APT_CONFIG: file },
    });
  const unpackFetched = async (into: string) => {
    mkdirSync(into, { recursive: true });
    for (const deb of readdirSync(path.join(apt, "cache/archives")).filter((it) => it.endsWith(".deb")))
      await output("dpkg-deb", ["-x", path.join(apt, "cache/archives", deb), into]);
    await run("apt-get", ["clean"]);
  };

  await run("apt-get", ["update", "--error-on=any"]);
  return {
    name,
    unpack: async (packages, into) => {
      await run("apt-get", ["download", ...packages]);
      await unpackFetched(into);
    },
    unpackWithDependencies: async (packages, into) => {
      await run("apt-get", ["install", "--download-only", "--no-install-recommends", "-y", ...packages]);
      await unpackFetched(into);
    },
    search: async (pattern) => {
      const found = await run("apt-cache", ["pkgnames"]);
      return found.split("\n").filter((it) => new RegExp(pattern).test(it));
    },
    lists: async () => {
      const files = await run("apt-get", ["indextargets", "--format", "$(FILENAME)", "Created-By: Packages"]);
      const read = (file: string) => output("/usr/lib/apt/apt-helper", ["cat-file", file]);
      return Promise.all(files.split("\n").filter(Boolean).map(read));
    },
    contents: async function* () {
      const from = (await archive()).replace(/\/$/, "");
      for (const architecture of ["amd64", "all"])
        yield* linesOf(`${from}/dists/${name}/main/Contents-${architecture}.gz`);
    },
  };
}

/** Of a list that is too long for one text. */
async function* linesOf(address: string): AsyncIterable<readonly string[]> {
  const answer = await fetch(address);
  if (!answer.ok || !answer.body) throw new Expected(`${address} answers ${answer.status}.`);
  const text = answer.body.pipeThrough(new DecompressionStream("gzip")).pipeThrough(new TextDecoderStream());
  let rest = "";
  for await (const piece of text) {
    const lines = `${rest}${piece}`.split("\n");
    rest = lines.pop() ?? "";
    yield lines;
  }
  yield [rest];
}

async function sourcesOf(name: string, { updates = false, architectures }: SuiteOptions): Promise<string> {
  const [uri, key] = [(await archive()).replace(/\/$/, ""), await keys()];
  const options = architectures ? `${key} arch=${architectures.join(",")}` : key;
  const lines = [
    [uri, name],
    ...(updates
      ? [
          [uri, `${name}-updates`],
          [`${uri}-security`, `${name}-security`],
        ]
      : []),
  ];
  return lines.map(([from, suite]) => `deb [${options}] ${from} ${suite} main\n`).join("");
}

/** The address of Debian's archive that the machine is set up with. */
async function archive(): Promise<string> {
  const targets = await output("apt-get", [
    "indextargets",
    "--format",
    "$(REPO_URI) $(ORIGIN)",
    "Created-By: Packages",
  ]);
  const known = targets.split("\n").map((line) => line.split(" ")[0] ?? "");
  // Security updates and other archives are beside it; the main one ends in `/debian`.
  const found = known.find((uri) => /\/debian\/?$/.test(uri)) ?? listedArchive();
  if (!found)
    throw new Expected("apt is set up here without Debian's archive (an address that ends in /debian).");
  return found;
}

/** Before the machine's first `apt-get update` apt has no index to tell of, only its lists of sources. */
function listedArchive(): string | undefined {
  const parts = "/etc/apt/sources.list.d";
  const files = [
    "/etc/apt/sources.list",
    ...(existsSync(parts) ? readdirSync(parts).map((it) => path.join(parts, it)) : []),
  ];
  return files
    .filter((file) => /\.(list|sources)$/.test(file) && existsSync(file))
    .flatMap((file) => [
      ...readFileSync(file, "utf8").matchAll(/^(?!#).*?(\S+:\/\/\S+\/debian\/?)(?=\s|$)/gm),
    ])
    .map((match) => match[1])[0];
}

async function keys(): Promise<string> {
  const ring = "/usr/share/keyrings/debian-archive-keyring.gpg";
  // Without the package debian-archive-keyring the keys that apt trusts by itself have to do.
  return existsSync(ring) ? `signed-by=${ring}` : "arch-=none";
}
