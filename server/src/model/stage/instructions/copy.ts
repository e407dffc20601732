import type { Instruction, Word } from "../../../syntax/dockerfile/tree.ts";
import { firstWhere } from "../../../text/sorted.ts";
import { textOf } from "../../../text/span.ts";
import type { BuildContext } from "../../context/build-context.ts";
import { entriesMatching, entryPattern } from "../../context/entry-pattern.ts";
import { type Answer, no, noUnlessMadeBefore, type Reason, unknown, yes } from "../../known.ts";
import type { Changes, MayBring } from "../contents/changes.ts";
import type { FileSource } from "../contents/file-register.ts";
import { PROGRAM_DIRECTORIES, SYSTEM_PROGRAMS, WELL_KNOWN_DIRECTORIES } from "../contents/layout.ts";
import { type ContentsView, isLibrary } from "../contents/view.ts";
import { baseName, directoryOf, isWithin, joinPath, resolvePath } from "../paths.ts";
import { notedOnStage } from "../stage.ts";
import type { KnownFile } from "../state.ts";
import { accountsIn } from "./accounts.ts";
import type { ContentsWalk, InstructionEffect } from "./instruction-effect.ts";

export const copy: InstructionEffect = {
  name: "COPY",
  change(instruction, walk) {
    copyFiles(instruction.words.slice(0, -1), instruction, walk);
  },
};

/** Where an instruction copies to. */
export interface Destination {
  readonly path: string;
  /** Sources land inside it: it ends with `/`, there are several sources, or it is known to be a directory. */
  readonly isDirectory: boolean;
}

/** Undefined where a variable or the working directory is not known. */
export function destinationOf(instruction: Instruction, walk: ContentsWalk): Destination | undefined {
  const word = instruction.words.at(-1);
  const text = word && walk.expand(word);
  const { workdir } = walk.before;
  const path = text === undefined ? undefined : resolvePath(workdir.known ? workdir.value : undefined, text);
  if (text === undefined || path === undefined) return undefined;
  const isDirectory =
    /(^|\/)\.{0,2}$/.test(text) || instruction.words.length > 2 || isDirectoryAt(walk.changes.now, path);
  return { path, isDirectory };
}

/** `sources` of the instruction's own words; here-documents among them are files of their own. */
export function copyFiles(sources: readonly Word[], instruction: Instruction, walk: ContentsWalk): void {
  const { changes, expand } = walk;
  const destination = destinationOf(instruction, walk);
  const from = instruction.flags.find((it) => it.name === "from")?.value;
  if (sources.length === 0) return;
  if (!destination || instruction.flags.some((it) => it.name === "parents")) {
    // The paths below the destination are those of the sources.
    changes.mayWriteBelow(destination?.path ?? "/", from === undefined ? ofContext(destination?.path) : {});
    return;
  }
  const filtered = instruction.flags.some((it) => it.name === "exclude");
  for (const word of sources) {
    const name = hereDocumentName(word.raw);
    const path = expand(word);
    const document =
      name === undefined ? undefined : instruction.hereDocuments.find((it) => it.name === name);
    if (document) {
      const target = destination.isDirectory ? joinPath(destination.path, document.name) : destination.path;
      const accounts = accountsIn(
        target,
        textOf(walk.stage.model.file.text, document.content),
        changes.reason,
      );
      changes.write(target, "file", { content: document, ...(accounts && { origin: accounts }) });
    } else if (path !== undefined && from === undefined && copyNamedAlike(path, destination, filtered, walk))
      continue;
    else if (path === undefined || /[*?[]/.test(path))
      changes.mayWriteBelow(destination.path, from === undefined ? ofContext(destination.path) : {});
    else if (from !== undefined)
      copyFrom(contentsNamed(from, walk), resolvePath("/", path) ?? "/", destination, changes, filtered);
    else copyFromContext(walk.inputs.context, path, destination, changes, filtered);
  }
}

/**
 * `COPY package*.json ./`: files of one folder whose names match. Gives false where there may be folders among them, which
 * leave what is in them, and for a path without a pattern.
 */
function copyNamedAlike(
  path: string,
  destination: Destination,
  filtered: boolean,
  { inputs: { context }, changes }: ContentsWalk,
): boolean {
  const clean = (resolvePath("/", path) ?? "/").slice(1);
  if (!context || !destination.isDirectory || filtered || !/[*?[\\]/.test(clean)) return false;
  const pattern = entryPattern(clean);
  // Of a bare `*` anything may come, and of a name without an ending a folder.
  if (!pattern || context.list(pattern.folder) === undefined || !/\.\w+\*?$/.test(clean)) return false;
  if (entriesMatching(clean, context).some((it) => context.exists(it) !== "file")) return false;
  const folder = `/${pattern.folder}`;
  const files = contextFiles(context, changes.reason);
  const isNamed = (at: string) => directoryOf(at) === folder && pattern.matches(baseName(at));
  const source: FileSource = {
    hasPath: (at) => (isNamed(at) ? files.hasPath(at) : no()),
    fileAt: () => undefined,
    contentAt: (at) => (isNamed(at) ? files.contentAt(at) : undefined),
  };
  changes.overlay(destination.path, source, folder, ofContext(destination.path));
  if (destination.path !== "/" && changes.now.hasPath(destination.path).is !== "yes")
    changes.write(destination.path, "directory");
  return true;
}

/** Writes a file to the destination, or into it where that is a directory. */
export function writeInto(
  destination: Destination,
  name: string,
  kind: KnownFile["kind"],
  changes: Changes,
  more: Parameters<Changes["write"]>[2] = {},
): void {
  changes.write(destination.isDirectory ? joinPath(destination.path, name) : destination.path, kind, more);
}

function contentsNamed(reference: string, { stage, contentsOf }: ContentsWalk): ContentsView | undefined {
  const known = contentsByName(stage);
  if (!known.has(reference)) known.set(reference, contentsOf(reference));
  return known.get(reference);
}

/** Kept for the stage's other copies from there: what an image or a stage above holds no longer changes. */
const contentsByName = notedOnStage(() => new Map<string, ContentsView | undefined>());

function copyFrom(
  other: ContentsView | undefined,
  path: string,
  destination: Destination,
  changes: Changes,
  filtered: boolean,
): void {
  const file = other?.fileAt(path);
  const isDirectory = other && (isDirectoryAt(other, path) || isOutput(path, other));
  const kind = file?.kind ?? (isDirectory ? "directory" : "unknown");
  if (kind === "file" || (kind === "unknown" && CARGO_PROGRAM.test(path))) {
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

/**
 * What a context may bring where it is not known: files of the author's, hardly programs of the system. Only what goes
 * to `/` or to a directory of programs may be a root file system, or tools.
 */
function ofContext(destination = "/"): MayBring {
  const isSystem = destination === "/" || [...PROGRAM_DIRECTORIES].some((it) => isWithin(it, destination));
  return isSystem ? {} : { tool: (name) => !SYSTEM_PROGRAMS.has(name) };
}

/**
 * `COPY api /usr/local/bin/`: one program under its own name, as far as the name tells. Folders that hold tools or a
 * root file system are called otherwise.
 */
function isNamedAsProgram(path: string): boolean {
  return !/[*?[$]/.test(path) && !FOLDER.test(path);
}

/** Names that package managers give to files: nobody calls a folder so. */
function isManifest(name: string): boolean {
  return MANIFESTS.has(name);
}

const MANIFESTS: ReadonlySet<string> = new Set(
  "package.json package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml go.mod go.sum Cargo.toml Cargo.lock pyproject.toml uv.lock poetry.lock requirements.txt Pipfile Pipfile.lock Gemfile Gemfile.lock composer.json composer.lock pom.xml build.gradle".split(
    " ",
  ),
);

const FOLDER =
  /(^|\/)(\.{0,2}|s?bin|tools?|scripts?|root|rootfs|fs|image|files?|usr|local|overlay|docker|dist|build|out|output|target|artifacts?|release|rel|hack|contrib|deps?|vendor|src|app|assets?|system|[\w-]*(fs|root|bin))\/?$|\/$/i;

function copyFromContext(
  context: BuildContext | undefined,
  path: string,
  destination: Destination,
  changes: Changes,
  filtered: boolean,
): void {
  const inContext = (resolvePath("/", path) ?? "/").slice(1);
  const seen = inContext === "" ? "directory" : (context?.exists(inContext) ?? "unknown");
  const name = baseName(inContext);
  // What is not there, or left out, fails the build, which then changes nothing.
  const kind = seen !== "directory" && isManifest(name) ? "file" : seen;
  if (kind === "file") {
    const target = destination.isDirectory ? joinPath(destination.path, name) : destination.path;
    const accounts = accountsIn(target, context?.read(inContext), changes.reason);
    const content = { contextPath: inContext };
    changes.write(target, "file", { content, ...(accounts && { origin: accounts }) });
    return;
  }
  const mayBring =
    kind === "unknown" && isNamedAsProgram(path)
      ? { tool: (tool: string) => tool === name || !SYSTEM_PROGRAMS.has(tool) }
      : ofContext(destination.path);
  if (kind === "directory") {
    const source = context && contextFiles(context, changes.reason);
    if (source)
      changes.overlay(
        destination.path,
        filtered ? doubtful(source, changes.reason) : source,
        `/${inContext}`,
        mayBring,
      );
    else changes.mayWriteBelow(destination.path, mayBring);
    if (destination.path !== "/") changes.write(destination.path, "directory");
    return;
  }
  changes.mayWriteBelow(destination.path, mayBring);
  if (!destination.isDirectory) changes.write(destination.path, "unknown");
  // Most that is named on its own is a file; where it may be a folder its name in the image is not certain.
  else if (/\.\w+$|^[A-Z]\w+$/.test(name)) changes.write(joinPath(destination.path, name), "unknown");
}

function contextFiles(context: BuildContext, reason: Reason): FileSource {
  return {
    hasPath(path) {
      const own = path.slice(1);
      const because = (message: string): Reason => ({ ...reason, message: `${own} ${message}` });
      const ignored = context.isIgnored(own).is;
      if (ignored === "yes" && context.origin === "given")
        return no(because("is kept out of the build context by the ignore file"));
      if (ignored === "yes") return noUnlessMadeBefore(because("may be kept out by the ignore file"));
      if (ignored !== "no") return unknown(because("may be kept out by the ignore file"));
      const there = context.exists(own);
      if (there === "unknown") return unknown(because("of the build context cannot be read"));
      // What is not there now may be made before the build, and the folder taken for the context may be another.
      return there === "absent"
        ? noUnlessMadeBefore(because("is not in the build context now"))
        : yes(because("comes from the build context"));
    },
    fileAt: () => undefined,
    contentAt: (path) => ({ contextPath: path.slice(1) }),
  };
}

/** With `--exclude` what is there may have been left out. */
function doubtful(source: FileSource, reason: Reason): FileSource {
  return {
    hasPath(path) {
      const answer = source.hasPath(path);
      return answer.is === "yes" ? unknown({ ...reason, message: "--exclude may leave it out" }) : answer;
    },
    fileAt: () => undefined,
    contentAt: () => undefined,
  };
}

function isDirectoryAt(view: ContentsView, path: string): boolean {
  const file = view.fileAt(path);
  return file
    ? file.kind === "directory"
    : path === "/" || (WELL_KNOWN_DIRECTORIES.has(path) && view.hasPath(path).is === "yes");
}

const HERE_DOCUMENT = /^\d*<<-?\s*(.+)$/;

function hereDocumentName(raw: string): string | undefined {
  return HERE_DOCUMENT.exec(raw)?.[1]?.replace(/["'\\]/g, "");
}
