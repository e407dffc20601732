import type { BuildContext } from "../../context/build-context.ts";
import { entriesMatching, entryPattern } from "../../context/entry-pattern.ts";
import { no, noUnlessMadeBefore, type Reason, unknown, yes } from "../../known.ts";
import type { Changes, MayBring } from "../contents/changes.ts";
import type { FileSource } from "../contents/file-register.ts";
import { PROGRAM_DIRECTORIES, SYSTEM_PROGRAMS } from "../contents/layout.ts";
import { baseName, directoryOf, isWithin, joinPath, resolvePath } from "../paths.ts";
import { accountsIn } from "./accounts.ts";
import type { Destination } from "./copy-destination.ts";
import { doubtful } from "./doubtful.ts";
import type { ContentsWalk } from "./instruction-effect.ts";

/**
 * `COPY package*.json ./`: files of one folder whose names match. Gives false where there may be folders among them, which
 * leave what is in them, and for a path without a pattern.
 */
export function copyNamedAlike(
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

/**
 * What a context may bring where it is not known: files of the author's, hardly programs of the system. Only what goes
 * to `/` or to a directory of programs may be a root file system, or tools.
 */
export function ofContext(destination = "/"): MayBring {
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

/** A path of the build context, as it is written; undefined context for one that is not known. */
export function copyFromContext(
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
    of: context,
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
