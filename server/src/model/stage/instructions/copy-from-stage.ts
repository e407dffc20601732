import { firstWhere } from "../../../text/sorted.ts";
import type { Answer } from "../../known.ts";
import type { Changes, MayBring } from "../contents/changes.ts";
import { isDirectoryAt } from "../contents/known-directory.ts";
import { PROGRAM_DIRECTORIES, WELL_KNOWN_DIRECTORIES } from "../contents/layout.ts";
import { type ContentsView, isLibrary } from "../contents/view.ts";
import { baseName, directoryOf, isWithin, joinPath } from "../paths.ts";
import { notedOnStage } from "../stage.ts";
import type { KnownFile } from "../state.ts";
import { type Destination, writeInto } from "./copy-destination.ts";
import { doubtful } from "./doubtful.ts";
import type { ContentsWalk } from "./instruction-effect.ts";

/** What `--from` names, a stage or an image that is known; undefined for any other. */
export function contentsNamed(
  reference: string,
  { stage, contentsOf }: ContentsWalk,
): ContentsView | undefined {
  const known = contentsByName(stage);
  if (!known.has(reference)) known.set(reference, contentsOf(reference));
  return known.get(reference);
}

/** Kept for the stage's other copies from there: what an image or a stage above holds no longer changes. */
const contentsByName = notedOnStage(() => new Map<string, ContentsView | undefined>());

/** A path of a stage or an image, absolute, with all that is known of it; `filtered` where `--exclude` may leave some of it out. */
export function copyFrom(
  other: ContentsView | undefined,
  path: string,
  destination: Destination,
  changes: Changes,
  filtered: boolean,
): void {
  const file = other?.fileAt(path);
  const isDirectory = other && (isDirectoryAt(other, path) || isOutput(path, other));
  const kind = file?.kind ?? (isDirectory ? "directory" : "unknown");
  if (
    kind === "file" ||
    (kind === "unknown" && (CARGO_PROGRAM.test(path) || isCopiedProgram(path, destination)))
  ) {
    writeInto(destination, baseName(path), "file", changes, {
      binary: file?.binary,
      content: file?.content,
      ...(other && isAccountFile(path) && { origin: other }),
    });
    return;
  }
  if (!other) {
    placeUnknown(path, destination, changes, {});
    return;
  }
  const inside = (name: string): Answer => other.hasPath(joinPath(path, name));
  const mayBe = (...names: string[]): boolean => names.some((it) => inside(it).is !== "no");
  // Whatever is not the image's own root is somebody's work, e.g. a root file system put together in `/rootfs`.
  const isOwnRoot = path === "/" || isWithin(path, "/etc");
  const mayBring: MayBring = {
    tool: (name) =>
      name === baseName(path) ||
      (other.hasTool(name).is !== "no" && mayBe(name)) ||
      (path !== "/" && mayBe(...[...PROGRAM_DIRECTORIES].map((it) => `${it.slice(1)}/${name}`))),
    user: (name) => (isOwnRoot ? other.hasUser(name).is !== "no" : mayBe("passwd", "etc/passwd")),
    group: (name) => (isOwnRoot ? other.hasGroup(name).is !== "no" : mayBe("group", "etc/group")),
    feature: (name) =>
      isLibrary(name)
        ? mayHoldLibrary(path, other.hasFeature(name))
        : !isOwnRoot || other.hasFeature(name).is !== "no",
  };
  if (kind === "unknown") {
    placeUnknown(path, destination, changes, mayBring, other, file);
    return;
  }
  if (destination.path !== "/" && changes.now.hasPath(destination.path).is !== "yes")
    changes.write(destination.path, "directory");
  if (!filtered)
    for (const { path: known, kind: sort, binary, content } of filesBelow(path, other))
      changes.write(joinPath(destination.path, known.slice(path.length)), sort, {
        binary,
        content,
        ...(isAccountFile(known) && { origin: other }),
      });
  changes.overlay(destination.path, filtered ? doubtful(other, changes.reason) : other, path, mayBring);
}

/** One that a package brought is where the system keeps its own. */
function mayHoldLibrary(path: string, { is }: Answer): boolean {
  return is === "unknown" || (is === "yes" && ["/usr/lib", "/lib"].some((it) => isWithin(it, path)));
}

/** Is it the directory that a build writes to? It is there, or the COPY fails. */
function isOutput(path: string, other: ContentsView): boolean {
  const name = baseName(path);
  return !/.\.\w+$/.test(name) && other.builds().some((it) => it.outputs.includes(path));
}

/** Files by path, each with its place in the order of writing. */
type SortedFiles = readonly (readonly [file: KnownFile, place: number])[];

/** What is known of a directory's files, in the order of writing; costs no more than they are. */
function filesBelow(directory: string, contents: ContentsView): readonly KnownFile[] {
  if (directory === "/") return contents.files();
  let sorted = sortedFiles.get(contents);
  if (!sorted) {
    sorted = contents
      .files()
      .map((file, place) => [file, place] as const)
      .sort(([a], [b]) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    sortedFiles.set(contents, sorted);
  }
  const prefix = `${directory}/`;
  const start = firstWhere(sorted, ([file]) => file.path >= prefix);
  let end = start;
  while (sorted[end]?.[0].path.startsWith(prefix)) end++;
  return sorted
    .slice(start, end)
    .sort(([, a], [, b]) => a - b)
    .map(([file]) => file);
}

const sortedFiles = new WeakMap<ContentsView, SortedFiles>();

/** A file or a directory: something is there if it can be told where, and there may be more below. */
function placeUnknown(
  path: string,
  destination: Destination,
  changes: Changes,
  mayBring: MayBring,
  origin?: ContentsView,
  file?: KnownFile,
): void {
  changes.mayWriteBelow(destination.path, mayBring);
  if (!destination.isDirectory)
    changes.write(destination.path, "unknown", {
      binary: file?.binary,
      ...(origin && isAccountFile(path) && { origin }),
    });
  else if (looksLikeFile(path))
    writeInto(destination, baseName(path), "unknown", changes, {
      binary: file?.binary,
      ...(origin && isAccountFile(path) && { origin }),
    });
  else if (!WELL_KNOWN_DIRECTORIES.has(destination.path)) changes.write(destination.path, "directory");
}

/** The users of an image stand in these; a file of another name that becomes one of them holds its author's. */
function isAccountFile(path: string): boolean {
  return path === "/etc/passwd" || path === "/etc/group";
}

/** From one directory of programs to another; uv and uvx stand at the root of their image. */
function isCopiedProgram(path: string, { path: to, isDirectory }: Destination): boolean {
  const isProgram = PROGRAM_DIRECTORIES.has(directoryOf(path)) || /^\/uvx?$/.test(path);
  return isProgram && PROGRAM_DIRECTORIES.has(isDirectory ? to : directoryOf(to));
}

/**
 * What Cargo builds: `target/[TRIPLE/]PROFILE/NAME` is a program, unless it has the name of one of Cargo's own folders there (The
 * Cargo Book, Build cache, read 2026-11).
 */
const CARGO_PROGRAM =
  /\/target\/(?:[\w.]+-[\w.-]+\/)?(?:release|debug)\/(?!(?:build|deps|examples|incremental|bundle|package|doc)$)[\w-]+$/;

/** Account files and certificate bundles are no directories, whatever is known of the image they come from. */
function looksLikeFile(path: string): boolean {
  return /^\/etc\/(passwd|group|shadow)$|\.(crt|pem|so|jar|war|json|conf|ya?ml|toml|sh)(\.\d+)*$/.test(path);
}
