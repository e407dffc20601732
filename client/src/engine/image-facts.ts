import type {
  ImageReading,
  ReadConfig,
  ReadContents,
  ReadDirectory,
} from "../../../server/src/model/image/image-reading.ts";
import { accounts, osReleases } from "../sizes/kept-texts.ts";
import type { Layer } from "../sizes/layer.ts";
import { ask, type Connection, call } from "./connection.ts";
import { EngineError } from "./engine.ts";
import { throwIfAborted } from "./failures.ts";
import { type FilesOfImage, ImageFiles, type ReadLimits } from "./image-files.ts";
import { type ImageTree, join } from "./image-tree.ts";
import { inspectImage } from "./inspect.ts";
import { engineHost } from "./published-ports.ts";
import { withSilentContainer } from "./silent-container.ts";
import { StackedFiles } from "./stacked-files.ts";

const MB = 1024 * 1024;

/**
 * How the files of an image are read. The API lists no directory, so the choice was between (28.5.2, graph store, 2 idle cores, a golang
 * image of 504 MB):
 * - single paths by `HEAD …/archive`: 5 to 10 ms each, so that 40 of them are worth asking;
 * - the archive of a directory: 160 MB/s, 0.4 s for the 63 MB of /usr/bin;
 * - the archive of everything 11.6 s, the export 8.4 s, and saving the image spools it to disk before the first byte;
 * - a mount of the image in a helper container: 0.2 s, but another image with a shell, engine 28, and a container that runs;
 * - BuildKit, which can list directories, but pulls an image that is no longer there, and Podman has none.
 *
 * So: small images as a whole, which makes every answer certain (Alpine 0.2 s); of others the directories of programs and single
 * paths (golang 1.3 s). The containerd store takes twice as long.
 */
const near: ImageLimits = { whole: 64 * MB, bytes: 512 * MB, entries: 60_000, milliseconds: 30_000 };

/** An engine across a network is asked for less. */
const far: ImageLimits = { ...near, whole: 8 * MB, bytes: 64 * MB };

export interface ImageLimits extends ReadLimits {
  /** Images of so many bytes, unpacked, are read as a whole. */
  readonly whole: number;
}

/** Directories that go into the reading: to this depth, and with this many names, beside those of programs. */
const deepest = 3;
const mostNames = 400;

/** Where a shell looks for programs in every distribution; an image's PATH may name more. */
const programDirectories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** The engine mounts its own there. */
const mounted = ["/dev", "/proc", "/sys"];

/** What a Dockerfile's author may put a name of his own into, and few images have much in. */
const smallDirectories = ["/home", "/srv", "/mnt"];

/**
 * Where Dockerfiles put what is theirs. The root of a large image cannot be listed, and that one of these is not in it is worth
 * a question each: then what a stage copies from there must have been made by its instructions.
 */
const ofAuthors =
  "app apps application artifacts assets backend build builds bundle client code config data deps dist frontend install node_modules out output package packages pkg project public release repo result rootfs server service site source sources src static target venv web wheels work workdir workspace www".split(
    " ",
  );
const askedAtOnce = 8;

/** Where Go looks for certificates (crypto/x509/root_linux.go, 1.26), which covers what OpenSSL builds of the distributions do. */
const bundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];
const certificateFolder = "/etc/ssl/certs";

/** Zones that every complete database has. */
const zones = ["/usr/share/zoneinfo/Europe/London", "/usr/share/zoneinfo/America/New_York"];

/** The loaders that programs of glibc and musl name, by GOARCH (glibc's shlib-versions; musl's dynamic linker names). */
const loaders: Readonly<Record<string, readonly string[]>> = {
  amd64: ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-musl-x86_64.so.1"],
  arm64: ["/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-aarch64.so.1"],
  "386": ["/lib/ld-linux.so.2", "/lib/ld-musl-i386.so.1"],
  arm: ["/lib/ld-linux-armhf.so.3", "/lib/ld-musl-armhf.so.1", "/lib/ld-musl-arm.so.1"],
  ppc64le: ["/lib64/ld64.so.2", "/lib/ld-musl-powerpc64le.so.1"],
  s390x: ["/lib/ld64.so.1", "/lib/ld-musl-s390x.so.1"],
  riscv64: ["/lib/ld-linux-riscv64-lp64d.so.1", "/lib/ld-musl-riscv64.so.1"],
};

/** What is read of `/images/…/json`. */
interface Inspected {
  readonly Config?: {
    readonly User?: string;
    readonly WorkingDir?: string;
    readonly Env?: readonly string[] | null;
    readonly ExposedPorts?: object | null;
    readonly Volumes?: object | null;
    readonly Entrypoint?: readonly string[] | string | null;
    readonly Cmd?: readonly string[] | string | null;
    readonly StopSignal?: string;
    readonly Healthcheck?: { readonly Test?: readonly string[] | null } | null;
    readonly Shell?: readonly string[] | null;
    readonly OnBuild?: readonly string[] | null;
  } | null;
}

/**
 * Reads what an image is and holds: its configuration, and of its files what decides whether a Dockerfile on top of it
 * works. `layers`: all of its layers, where they were read before; then no container is made, and everything in it is known. Nothing of the image is started; the container that its files are read through is gone afterwards, whatever happens.
 * `reference` is a tag, a digest or an id. Throws EngineError: `not-found` when the engine does not have it, or no longer.
 */
export async function readImage(
  connection: Connection,
  reference: string,
  signal: AbortSignal | undefined,
  layers?: readonly Layer[],
  limits: ImageLimits = engineHost(connection.address) === undefined ? near : far,
): Promise<ImageReading> {
  const image = await inspectImage(connection, reference, signal);
  const doing = `reading ${reference}`;
  const inspected = (await ask(connection, doing, signal, () =>
    call(connection, { method: "GET", path: `/images/${image.id}/json` }, signal),
  )) as Inspected;
  const config = configOf(inspected);
  const [os = "", architecture = ""] = image.platform.split("/");
  const isWhole = layers !== undefined || image.unpackedSize <= limits.whole;
  const subject = { architecture, config, isWhole };
  const kept = [...osReleases, ...Object.values(accounts)];
  const contents =
    os !== "linux"
      ? null
      : layers
        ? await readContents(new StackedFiles(layers), subject)
        : await withSilentContainer(connection, image.id, config.volumes, signal, (container) =>
            ask(connection, doing, signal, () =>
              readContents(new ImageFiles(connection, container, limits, kept, signal), subject),
            ),
          );
  throwIfAborted(signal);
  return {
    form: 1,
    id: image.id,
    platform: image.platform,
    readAt: new Date().toISOString(),
    unpackedSize: image.unpackedSize,
    compressedSize: image.compressedSize ?? null,
    config,
    contents,
  };
}

function configOf({ Config: config }: Inspected): ReadConfig {
  const words = (value: readonly string[] | string | null | undefined) =>
    value === undefined || value === null || value.length === 0
      ? null
      : typeof value === "string"
        ? [value]
        : value;
  return {
    user: config?.User ?? "",
    workdir: config?.WorkingDir ?? "",
    environment: config?.Env ?? [],
    exposedPorts: Object.keys(config?.ExposedPorts ?? {}).sort(),
    volumes: Object.keys(config?.Volumes ?? {}).sort(),
    entrypoint: words(config?.Entrypoint),
    command: words(config?.Cmd),
    stopSignal: config?.StopSignal || null,
    healthcheck: words(config?.Healthcheck?.Test),
    shell: words(config?.Shell),
    triggers: config?.OnBuild ?? [],
  };
}

interface Subject {
  readonly architecture: string;
  readonly config: ReadConfig;
  /** Whether all of its files are to be read. */
  readonly isWhole: boolean;
}

async function readContents(
  files: FilesOfImage,
  { architecture, config, isWhole }: Subject,
): Promise<ReadContents> {
  if (isWhole) await files.readDirectory("/");

  const programs = new Set([...programDirectories, ...pathOf(config.environment)]);
  const { links, absent, found } = await readDirectories(files, [...programs, ...smallDirectories]);
  const theirs = ofAuthors.map((it) => `/${it}`);
  const there = new Set(await existing(files, theirs));
  const loadersHere = loaders[architecture];
  const contents = {
    ...present("osRelease", await firstText(files, osReleases)),
    ...present("passwd", await files.text(accounts.passwd)),
    ...present("group", await files.text(accounts.group)),
    ...present("certificates", await certificates(files)),
    timeZones: (await existing(files, zones)).length > 0,
    ...(loadersHere && { loaders: await existing(files, loadersHere) }),
    directories: listings(files.tree, found),
    links,
    absent: [...absent, ...theirs.filter((it) => !there.has(it))],
  };
  if (!(await files.isThere()))
    throw new EngineError(
      { kind: "not-found", what: "the container that the image was read through" },
      "The container that the image was read through was removed meanwhile.",
    );
  return contents;
}

function pathOf(environment: readonly string[]): readonly string[] {
  const path = environment.findLast((it) => it.startsWith("PATH="));
  return (path?.slice("PATH=".length) ?? "")
    .split(":")
    .map((it) => it.replace(/(?<=.)\/+$/, ""))
    .filter((it) => it.startsWith("/") && it !== "/");
}

async function readDirectories(files: FilesOfImage, wanted: readonly string[]) {
  const links: Record<string, string> = {};
  const absent: string[] = [];
  const found = new Set<string>();
  for (const directory of wanted) {
    const at = await files.find(directory);
    if (!at?.isDirectory) {
      absent.push(directory);
      continue;
    }
    if (at.path !== directory) links[directory] = at.path;
    found.add(at.path);
    await files.readDirectory(at.path);
  }
  return { links, absent, found };
}

/** What is not known has no field. */
function present<Name extends string, T>(name: Name, value: T | undefined): { readonly [it in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [it in Name]?: T });
}

async function firstText(files: FilesOfImage, paths: readonly string[]): Promise<string | null | undefined> {
  for (const path of paths) {
    const text = await files.text(path);
    if (text !== null) return text;
  }
  return null;
}

async function existing(files: FilesOfImage, paths: readonly string[]): Promise<string[]> {
  const there: string[] = [];
  for (let at = 0; at < paths.length; at += askedAtOnce) {
    const some = paths.slice(at, at + askedAtOnce);
    const found = await Promise.all(some.map((it) => files.find(it)));
    there.push(...some.filter((_, index) => found[index]));
  }
  return there;
}

/** Null when there are none, undefined when it is not known. */
async function certificates(files: FilesOfImage): Promise<string | null | undefined> {
  for (const path of bundles) {
    const file = await files.find(path);
    if (file && !file.isDirectory && file.size > 0) return path;
  }
  // Without a bundle Go reads every file of the folder.
  const folder = await files.find(certificateFolder);
  if (!folder?.isDirectory) return null;
  await files.readDirectory(folder.path);
  const certificate = files.tree.namesIn(folder.path).find((it) => {
    const file = files.tree.resolve(join(folder.path, it));
    return (
      /\.(pem|crt|0)$/.test(it) && (file.is === "unknown" || (file.is === "there" && file.entry.size > 0))
    );
  });
  if (certificate !== undefined) return certificateFolder;
  return files.tree.isComplete(folder.path) ? null : undefined;
}

/** The directories in `found`, and of what else was read whole those near the root. */
function listings(tree: ImageTree, found: ReadonlySet<string>): Record<string, ReadDirectory> {
  const near = tree
    .directories()
    .filter(
      (it) =>
        tree.isComplete(it) &&
        it.split("/").length <= deepest + 1 &&
        tree.namesIn(it).length <= mostNames &&
        !mounted.some((above) => it === above || it.startsWith(`${above}/`)),
    );
  return Object.fromEntries(
    [...new Set([...near, ...found])].sort().map((directory) => {
      const names = tree.namesIn(directory).toSorted();
      const isProgram = new Set(names.filter((it) => canRun(tree, join(directory, it))));
      return [
        directory,
        {
          complete: tree.isComplete(directory),
          programs: names.filter((it) => isProgram.has(it)),
          others: names.filter((it) => !isProgram.has(it)),
        },
      ];
    }),
  );
}

/** A link that leads out of what was read counts as a program: the usual case is that it leads to one. */
function canRun(tree: ImageTree, path: string): boolean {
  if (tree.at(path)?.kind !== "link") return tree.at(path)?.executable === true;
  const target = tree.resolve(path);
  return target.is === "unknown" || (target.is === "there" && target.entry.executable);
}
