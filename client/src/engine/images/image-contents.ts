import type {
  ReadConfig,
  ReadContents,
  ReadDirectory,
} from "../../../../server/src/model/image/image-reading.ts";
import { accounts, osReleases } from "../../sizes/layers/kept-texts.ts";
import { DEFAULT_PATH } from "../../sizes/leftovers/started-program.ts";
import { EngineError } from "../engine.ts";
import { certificatesOf } from "./image-certificates.ts";
import type { FilesOfImage } from "./image-files.ts";
import { type ImageTree, join } from "./image-tree.ts";

/** Directories that go into the reading: to this depth, and with this many names, beside those of programs. */
const deepest = 3;
const mostNames = 400;

/** Where a shell looks for programs in every distribution; an image's PATH may name more. */
const programDirectories = DEFAULT_PATH.split(":");

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

/** The image whose files are read. */
export interface ContentsSubject {
  readonly architecture: string;
  readonly config: ReadConfig;
  /** Whether all of its files are to be read. */
  readonly isWhole: boolean;
}

/** What of the files decides whether a Dockerfile on top of the image works. Throws EngineError when it goes away meanwhile. */
export async function readContents(
  files: FilesOfImage,
  { architecture, config, isWhole }: ContentsSubject,
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
    ...present("certificates", await certificatesOf(files)),
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
