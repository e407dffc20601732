import { PACKAGE_PROGRAMS } from "../../image/node-programs.ts";
import type { Call } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { resolvePath } from "../paths.ts";
import type { ProjectBuild } from "../state.ts";

/**
 * A tool of a language works on the project in this directory: it writes below it, to caches, and to paths that its words
 * name. Without a directory, or with words that are not known, it may write anywhere.
 */
export function mayBuildProject(call: Call, changes: Changes, directory: string | undefined): void {
  if (directory === undefined || !writesBeside(call, changes, directory)) {
    changes.mayWriteAnywhere();
    return;
  }
  changes.mayBuildBelow(directory);
}

/** What such a tool writes apart from its project; false where its words may name any path. */
export function writesBeside(call: Call, changes: Changes, directory: string): boolean {
  const named = pathsIn(call.words, directory);
  if (!named) return false;
  const path = call.variable("PATH");
  // Programs of a project's packages are in its node_modules/.bin.
  const isPlain = path.known && !path.value.includes("node_modules");
  changes.mayInstallPrograms(isPlain ? PACKAGE_PROGRAMS : undefined);
  for (const it of CACHES) changes.mayBuildBelow(it);
  for (const name of CACHE_VARIABLES) {
    const value = call.variable(name);
    if (value.known && value.value.startsWith("/"))
      changes.mayBuildBelow(resolvePath("/", value.value) ?? "/");
  }
  for (const it of named) changes.mayBuildBelow(it);
  return true;
}

/**
 * A tool that writes nothing but its outputs and some more directories, caches apart. `mayBe` says which paths below the outputs it
 * may write, where that is known.
 */
export function buildsInto(
  call: Call,
  changes: Changes,
  build: Omit<ProjectBuild, "builtBy">,
  more: readonly string[] = [],
  mayBe?: (path: string) => boolean,
): void {
  if (!writesBeside(call, changes, build.directory)) {
    changes.mayWriteAnywhere();
    return;
  }
  for (const it of build.outputs) changes.mayBuildBelow(it, mayBe);
  for (const it of more) changes.mayBuildBelow(it);
  changes.addBuild(build);
}

/** A tool that makes one program at a path; false where its words may name any other. */
export function buildsProgram(
  call: Call,
  changes: Changes,
  build: Pick<ProjectBuild, "program" | "directory">,
  path: string,
): boolean {
  if (!writesBeside(call, changes, build.directory)) return false;
  changes.write(path, "file");
  changes.addBuild({ ...build, outputs: [path], files: [path] });
  return true;
}

/** Homes, temporary folders, and where Yarn and pnpm keep packages for all users. */
const CACHES = [
  "/root",
  "/home",
  "/tmp",
  "/var/tmp",
  "/var/cache",
  "/usr/local/share/.cache",
  "/.pnpm-store",
];

/** What moves caches, and packages for all users, elsewhere. */
const CACHE_VARIABLES =
  "HOME XDG_CACHE_HOME XDG_DATA_HOME npm_config_cache NPM_CONFIG_CACHE npm_config_store_dir PNPM_HOME COREPACK_HOME YARN_CACHE_FOLDER YARN_GLOBAL_FOLDER BUN_INSTALL CYPRESS_CACHE_FOLDER PLAYWRIGHT_BROWSERS_PATH PUPPETEER_CACHE_DIR TURBO_CACHE_DIR NX_CACHE_DIRECTORY GRADLE_USER_HOME MAVEN_CONFIG M2_HOME NUGET_PACKAGES DOTNET_CLI_HOME COMPOSER_HOME COMPOSER_CACHE_DIR CARGO_HOME UV_CACHE_DIR POETRY_CACHE_DIR PIP_CACHE_DIR".split(
    " ",
  );

/** Absolute paths that words name, and those that lead out of the directory; undefined where a word is not known. */
export function pathsIn(
  words: readonly (string | undefined)[],
  directory: string,
): readonly string[] | undefined {
  const found: string[] = [];
  for (const word of words) {
    if (word === undefined) return undefined;
    if (!word.includes("/") && !word.includes("..")) continue;
    for (const part of word.split(/[=,]|^-\w(?=\/)/)) {
      if (!/^\/(?!\/)|(^|\/)\.\.(\/|$)/.test(part)) continue;
      const path = resolvePath(directory, part);
      if (path !== undefined) found.push(path);
    }
  }
  return found;
}

/** May a file that says what is built name a place outside of the project? Options of proxies and the like count too. */
export function mayLeadOutside(text: string): boolean {
  return /\.\.[\\/"'<]|["'`>]\/(?!\/)[\w.${-]|file\(\s*["']\//.test(text);
}
