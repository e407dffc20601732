import type { Call } from "../commands/command-family.ts";
import { readWords } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { baseName, directoryOf, joinPath, resolvePath } from "../paths.ts";
import { mayBuildProject, mayLeadOutside, writesBeside } from "./project-build.ts";
import { projectFiles, readFirst } from "./project-files.ts";
import { javaOfGradle } from "./target-runtime.ts";

/** Options of Gradle that take the next word. */
const VALUED: ReadonlySet<string> = new Set(
  "-p --project-dir -b --build-file -x --exclude-task -I --init-script -c --settings-file -g --gradle-user-home --max-workers --console --warning-mode --project-cache-dir --priority --configuration --tests --dependency-verification -F -M -t".split(
    " ",
  ),
);

/**
 * Gradle writes to `build/` of each project, where jars stand in `libs` and are called as the project, with its version
 * (docs.gradle.org, the base plugin; read 2026-11).
 */
export function buildWithGradle(call: Call, changes: Changes): void {
  const { options, operands } = readWords(call.words, VALUED);
  const given = ["-p", "--project-dir"].find((it) => options.has(it));
  const directory =
    given === undefined
      ? call.directory
      : (resolvePath(call.directory, options.get(given) ?? "") ?? undefined);
  const tasks = operands.flatMap((it) => it ?? []);
  const isOther = ["-b", "--build-file", "-c", "--settings-file", "-I", "--init-script"].some((it) =>
    options.has(it),
  );
  if (directory === undefined || call.words.includes(undefined) || isOther) {
    changes.mayWriteAnywhere();
    return;
  }
  const files = projectFiles(call.context, changes, directory);
  const settings = readFirst(files, ["settings.gradle", "settings.gradle.kts"]);
  const names = [
    ...withoutComments(settings ?? "").matchAll(/\binclude\b\s*\(?([^\n)]*(?:,\s*\n[^\n)]*)*)/g),
  ].flatMap((it) =>
    [...(it[1] ?? "").matchAll(/["']:?([\w:./-]+)["']/g)].map((one) => (one[1] ?? "").replaceAll(":", "/")),
  );
  const folders = ["", ...names].map((it) => joinPath(directory, it));
  const builds = folders.slice(0, MOST).map((it) => ({
    folder: it,
    text: readFirst(files, [`${it}/build.gradle`, `${it}/build.gradle.kts`]),
  }));
  const texts = [settings, ...builds.map((it) => it.text)];
  const isKnown =
    texts.every((it) => it !== undefined) && texts.some((it) => it !== null) && folders.length <= MOST;
  const all = texts.map((it) => withoutComments(it ?? "")).join("\n");
  if (!isKnown || mayLeadOutside(all)) {
    changes.mayWriteAnywhere();
    return;
  }
  const hasOwnPlugins = readFirst(files, ["buildSrc/build.gradle", "buildSrc/build.gradle.kts"]) !== null;
  if (hasOwnPlugins || !isPlainBuild(all) || /projectDir|includeBuild/.test(all)) {
    mayBuildProject(call, changes, directory);
    return;
  }
  if (!writesBeside(call, changes, directory)) return;
  for (const it of [".gradle", ".kotlin", "buildSrc", "kotlin-js-store", "gradle"])
    changes.mayBuildBelow(joinPath(directory, it));
  const properties = files.read("gradle.properties");
  const options2 = call.words.some((it) => /^-P(version|archive)/.test(it ?? ""));
  const outputs: string[] = [];
  for (const { folder } of builds) {
    const libraries = joinPath(folder, "build/libs");
    const base = folder === directory ? rootName(settings, directory) : baseName(folder);
    const version = options2 || properties === undefined ? undefined : versionOf(all, properties ?? "");
    const name =
      base === undefined ||
      version === undefined ||
      /archive|[cC]lassifier|[bB]aseName|bootBuildImage|jarName|nebula|jgitver|axion|semver|git-version|reckon|palantir/.test(
        all,
      )
        ? undefined
        : version === ""
          ? base
          : `${base}-${version}`;
    outputs.push(
      name === undefined || /\bwar\b/.test(all) ? joinPath(folder, "build") : `${libraries}/${name}.jar`,
    );
    changes.mayBuildBelow(
      joinPath(folder, "build"),
      (path) =>
        name === undefined ||
        directoryOf(path) !== libraries ||
        !/\.(jar|war)$/.test(path) ||
        baseName(path).startsWith(name),
    );
  }
  const isBuild = tasks.some((it) =>
    /^:?(build|assemble|bootJar|bootWar|jar|shadowJar|war|installDist)$/.test(it),
  );
  const isJar =
    !tasks.some((it) => /installDist|distTar|distZip|native|quarkus/i.test(it)) &&
    !/quarkus|micronaut|graalvm/.test(all);
  if (!isBuild) return;
  const made = builds.length === 1 && isJar ? outputs : builds.map((it) => joinPath(it.folder, "build"));
  const target = javaOfGradle(
    all,
    call.words.flatMap((it) => it ?? []),
  );
  changes.addBuild({ program: "gradle", directory, outputs: made, target });
}

const MOST = 50;

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/[^\n]*/g, "$1");
}

/** Does a build leave everything where Gradle puts it? */
function isPlainBuild(text: string): boolean {
  return !/buildDir|buildDirectory|destinationDir|outputDir|outputFile|\binto\b|\bCopy\b|\bSync\b|\bcopy\s*\{|\bexec\s*[{(]|\bExec\b|apply\s*\(?\s*from|node-gradle|frontend-gradle|generatedFilesBaseDir|project\.delete|writeText|\.mkdirs?\b|subprojects\.all|beforeProject|afterProject/.test(
    text,
  );
}

/** The name of the root project; without one that of its directory. */
function rootName(settings: string | null | undefined, directory: string): string | undefined {
  const text = withoutComments(settings ?? "");
  const name = /rootProject\.name\s*=\s*["']([\w.-]+)["']/.exec(text)?.[1];
  return name ?? (text.includes("rootProject.name") ? undefined : baseName(directory));
}

/** Empty without a version; undefined where it is worked out, or there are several. */
function versionOf(build: string, properties: string): string | undefined {
  const mentions = [...build.matchAll(/^[ \t]*(?:project\.)?version\b[ \t]*=?[ \t]*\(?[ \t]*(.*)$/gm)].map(
    (it) => it[1] ?? "",
  );
  const values = new Set(mentions.map((it) => /^["']([\w.+-]+)["']\)?;?[ \t]*$/.exec(it)?.[1]));
  const fromFile = /^[ \t]*version[ \t]*[=:][ \t]*([\w.+-]+)[ \t]*$/m.exec(properties)?.[1];
  if (values.size === 0)
    return /\bversion\s*=|setVersion|\.version\s*\(/.test(build) ? undefined : (fromFile ?? "");
  return values.size === 1 && fromFile === undefined ? [...values][0] : undefined;
}
