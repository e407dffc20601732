import type { Call } from "../commands/command-family.ts";
import { readWords } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { baseName, directoryOf, isWithin, joinPath, resolvePath } from "../paths.ts";
import { jarsOf, type MadeJars, rootName, versionOf } from "./gradle-names.ts";
import { mayBuildProject, mayLeadOutside, writesBeside } from "./project-build.ts";
import { type ProjectFiles, projectFiles, readFirst } from "./project-files.ts";
import { javaOfGradle } from "./target-runtime.ts";
import { withoutComments } from "./without-comments.ts";

/** Options of Gradle that take the next word. */
const VALUED: ReadonlySet<string> = new Set(
  "-p --project-dir -b --build-file -x --exclude-task -I --init-script -c --settings-file -g --gradle-user-home --max-workers --console --warning-mode --project-cache-dir --priority --configuration --tests --dependency-verification -F -M -t".split(
    " ",
  ),
);

/** They have it read other files than those of the project. */
const OTHER_FILES = ["-b", "--build-file", "-c", "--settings-file", "-I", "--init-script"];

/**
 * Gradle writes to `build/` of each project, where jars stand in `libs` and are called as the project, with its version
 * (docs.gradle.org, the base plugin; read 2026-11).
 */
export function buildWithGradle(call: Call, changes: Changes): void {
  const { options, operands } = readWords(call.words, VALUED);
  const given = ["-p", "--project-dir"].find((it) => options.has(it));
  const directory =
    given === undefined ? call.directory : resolvePath(call.directory, options.get(given) ?? "");
  const isOther = OTHER_FILES.some((it) => options.has(it));
  if (directory === undefined || call.words.includes(undefined) || isOther) {
    changes.mayWriteAnywhere();
    return;
  }
  const files = projectFiles(call.context, changes, directory);
  const project = readProject(files, directory);
  if (!project || mayLeadOutside(project.all)) {
    changes.mayWriteAnywhere();
    return;
  }
  const hasOwnPlugins = readFirst(files, ["buildSrc/build.gradle", "buildSrc/build.gradle.kts"]) !== null;
  if (hasOwnPlugins || !isPlainBuild(project.all) || /projectDir|includeBuild/.test(project.all)) {
    mayBuildProject(call, changes, directory);
    return;
  }
  if (!writesBeside(call, changes, directory)) return;
  for (const it of [".gradle", ".kotlin", "buildSrc", "kotlin-js-store", "gradle"])
    changes.mayBuildBelow(joinPath(directory, it));
  const isRenamed = call.words.some((it) => /^-P(version|archive)/.test(it ?? ""));
  const nameOf = namesIn(project, isRenamed ? undefined : files.read("gradle.properties"));
  const tasks = operands.flatMap((it) => it ?? []);
  const jars = jarsOf(project.all, tasks);
  for (const build of project.builds)
    changes.mayBuildBelow(joinPath(build.folder, "build"), mayBeMadeOf(build, project, nameOf(build), jars));
  if (!tasks.some((it) => BUILDS.test(it))) return;
  const outputs = outputsOf(project, tasks, jars, nameOf);
  const target = javaOfGradle(
    project.all,
    call.words.flatMap((it) => it ?? []),
  );
  changes.addBuild({ program: "gradle", directory, outputs, target });
}

/** Tasks that make what is then copied. */
const BUILDS = /^(:?[\w-]*:)*(build|assemble|bootJar|bootWar|jar|shadowJar|war|installDist)$/;

/** A project with those below it that its settings include, the root first. */
interface GradleProject {
  readonly directory: string;
  readonly settings: string | null;
  readonly builds: readonly GradleBuild[];
  /** What all of its files say, without comments. */
  readonly all: string;
}

interface GradleBuild {
  readonly folder: string;
  readonly text: string | null;
}

/** Undefined where a file of it is not known, or there is none. */
function readProject(files: ProjectFiles, directory: string): GradleProject | undefined {
  const settings = readFirst(files, ["settings.gradle", "settings.gradle.kts"]);
  const folders = ["", ...includedFolders(settings ?? "")].map((it) => joinPath(directory, it));
  if (settings === undefined || folders.length > MOST) return undefined;
  const builds: GradleBuild[] = [];
  for (const folder of folders) {
    const text = readFirst(files, [`${folder}/build.gradle`, `${folder}/build.gradle.kts`]);
    if (text === undefined) return undefined;
    builds.push({ folder, text });
  }
  const texts = [settings, ...builds.map((it) => it.text)];
  const all = texts.map((it) => withoutComments(it ?? "")).join("\n");
  return texts.some((it) => it !== null) ? { directory, settings, builds, all } : undefined;
}

const MOST = 50;

/** `include("api", ":web:app")`: `api`, `web/app`. */
function includedFolders(settings: string): readonly string[] {
  const lists = withoutComments(settings).matchAll(/\binclude\b\s*\(?([^\n)]*(?:,\s*\n[^\n)]*)*)/g);
  return [...lists].flatMap((it) =>
    [...(it[1] ?? "").matchAll(/["']:?([\w:./-]+)["']/g)].map((one) => (one[1] ?? "").replaceAll(":", "/")),
  );
}

/** Says what jars of a build are called in front of their ending; undefined where that is not certain. */
type NameOf = (build: GradleBuild) => string | undefined;

/** `properties`: the text of gradle.properties, null without one, undefined where that, or what the command says, is not known. */
function namesIn({ all, directory, settings }: GradleProject, properties: string | null | undefined): NameOf {
  const version = properties === undefined ? undefined : versionOf(all, properties ?? "");
  const isOther = NAMES_OTHERWISE.test(all);
  return ({ folder }) => {
    const base = folder === directory ? rootName(settings, directory) : baseName(folder);
    if (base === undefined || version === undefined || isOther) return undefined;
    return version === "" ? base : `${base}-${version}`;
  };
}

/** Settings and plugins that call archives otherwise, or work the version out. */
const NAMES_OTHERWISE =
  /archive|[cC]lassifier|[bB]aseName|bootBuildImage|jarName|nebula|jgitver|axion|semver|git-version|reckon|palantir/;

/** Says whether a path below `build/` of a build may be made. */
function mayBeMadeOf(
  { folder, text }: GradleBuild,
  { builds, directory, settings }: GradleProject,
  name: string | undefined,
  made: MadeJars | undefined,
): (path: string) => boolean {
  const base = folder === directory ? rootName(settings, directory) : baseName(folder);
  const libraries = joinPath(folder, "build/libs");
  const install = joinPath(folder, "build/install");
  const hasJars = builds.length === 1 || folder !== directory || appliesJava(text ?? "");
  const isNamed = (file: string) =>
    name === undefined ||
    (made
      ? made.jars.some((it) => file.replace(/\.(jar|war)$/, "") === `${name}${it}`)
      : file.startsWith(name));
  return (path) => {
    if (isWithin(path, install) && path !== install && made && base !== undefined)
      return (
        made.isInstalled && (isWithin(path, `${install}/${base}`) || path === `${install}/${base}-shadow`)
      );
    if (directoryOf(path) === libraries && /\.(jar|war)$/.test(path))
      return hasJars && isNamed(baseName(path));
    return hasJars || !isWithin(path, libraries);
  };
}

/** Where what the tasks make certainly is: jars and what is installed by their names, else the folders that hold them. */
function outputsOf(
  { all, builds, directory, settings }: GradleProject,
  tasks: readonly string[],
  made: MadeJars | undefined,
  nameOf: NameOf,
): readonly string[] {
  // `:api:bootJar`: jars of other projects are made only where it stands on them.
  const chosen = tasks.every((it) => /^:[\w-]+(:[\w-]+)+$/.test(it))
    ? tasks.map((it) => joinPath(directory, it.split(":").slice(1, -1).join("/")))
    : [];
  const isOne = builds.length === 1 || chosen.length === 1;
  const isInstalled = tasks.length > 0 && tasks.every((it) => /(^|:)(clean|installDist)$/.test(it));
  const root = rootName(settings, directory);
  if (isInstalled && builds.length === 1 && root !== undefined && made)
    return [joinPath(directory, `build/install/${root}`)];
  const isJar =
    !tasks.some((it) => /installDist|distTar|distZip|native|quarkus/i.test(it)) &&
    !/quarkus|micronaut|graalvm/.test(all);
  if (!isOne || !isJar) return builds.map((it) => joinPath(it.folder, "build"));
  const [ending] = made?.jars ?? [""];
  return builds
    .filter(({ folder }) => chosen.length === 0 || chosen.includes(folder))
    .map((it) => {
      const name = nameOf(it);
      return name === undefined || ending === undefined || /\bwar\b/.test(all)
        ? joinPath(it.folder, "build")
        : joinPath(it.folder, `build/libs/${name}${ending}.jar`);
    });
}

/** Does a project of others have sources of its own? `apply false` only names a plugin for the others. */
function appliesJava(text: string): boolean {
  const own = text.replace(/^.*\bapply\s*\(?\s*false.*$/gm, "");
  return /\b(java|war|application|kotlin|groovy|scala|boot|shadow|quarkus|micronaut)\b|alias\s*\(|apply/.test(
    own,
  );
}

/** Does a build leave everything where Gradle puts it? */
function isPlainBuild(text: string): boolean {
  return !/buildDir|buildDirectory|destinationDir|outputDir|outputFile|\binto\b|\bCopy\b|\bSync\b|\bcopy\s*\{|\bexec\s*[{(]|\bExec\b|apply\s*\(?\s*from|node-gradle|frontend-gradle|generatedFilesBaseDir|project\.delete|writeText|\.mkdirs?\b|subprojects\.all|beforeProject|afterProject/.test(
    text,
  );
}
