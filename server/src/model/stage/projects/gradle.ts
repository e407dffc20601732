import type { Call } from "../commands/command-family.ts";
import { readWords } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { baseName, directoryOf, isWithin, joinPath, resolvePath } from "../paths.ts";
import { mayBuildProject, mayLeadOutside, writesBeside } from "./project-build.ts";
import { projectFiles, readFirst } from "./project-files.ts";
import { javaOfGradle } from "./target-runtime.ts";
import { withoutComments } from "./without-comments.ts";

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
  // `:api:bootJar`: jars of other projects are made only where it stands on them.
  const chosen = tasks.every((it) => /^:[\w-]+(:[\w-]+)+$/.test(it))
    ? tasks.map((it) => joinPath(directory, it.split(":").slice(1, -1).join("/")))
    : [];
  for (const { folder, text } of builds) {
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
    const made = jarsOf(all, tasks);
    const [jar] = made?.jars ?? [""];
    const isChosen = chosen.length === 0 || chosen.includes(folder);
    if (isChosen)
      outputs.push(
        name === undefined || jar === undefined || /\bwar\b/.test(all)
          ? joinPath(folder, "build")
          : `${libraries}/${name}${jar}.jar`,
      );
    const install = joinPath(folder, "build/install");
    const hasJars = builds.length === 1 || folder !== directory || appliesJava(text ?? "");
    const isNamed = (file: string) =>
      name === undefined ||
      (made
        ? made.jars.some((it) => file.replace(/\.(jar|war)$/, "") === `${name}${it}`)
        : file.startsWith(name));
    changes.mayBuildBelow(joinPath(folder, "build"), (path) => {
      if (isWithin(path, install) && path !== install && made && base !== undefined)
        return (
          made.isInstalled && (isWithin(path, `${install}/${base}`) || path === `${install}/${base}-shadow`)
        );
      if (directoryOf(path) === libraries && /\.(jar|war)$/.test(path))
        return hasJars && isNamed(baseName(path));
      return hasJars || !isWithin(path, libraries);
    });
  }
  const isBuild = tasks.some((it) =>
    /^(:?[\w-]*:)*(build|assemble|bootJar|bootWar|jar|shadowJar|war|installDist)$/.test(it),
  );
  const isJar =
    !tasks.some((it) => /installDist|distTar|distZip|native|quarkus/i.test(it)) &&
    !/quarkus|micronaut|graalvm/.test(all);
  if (!isBuild) return;
  const isInstalled = tasks.length > 0 && tasks.every((it) => /(^|:)(clean|installDist)$/.test(it));
  const name = rootName(settings, directory);
  const isOne = builds.length === 1 || chosen.length === 1;
  const made =
    isOne && isInstalled && builds.length === 1 && name !== undefined && jarsOf(all, tasks)
      ? [joinPath(directory, `build/install/${name}`)]
      : isOne && isJar
        ? outputs
        : builds.map((it) => joinPath(it.folder, "build"));
  const target = javaOfGradle(
    all,
    call.words.flatMap((it) => it ?? []),
  );
  changes.addBuild({ program: "gradle", directory, outputs: made, target });
}

const MOST = 50;

/**
 * What stands behind a jar's name, by the plugins and tasks: Spring Boot's own has nothing, beside it `jar` makes `-plain`; Shadow's
 * has `-all` (docs.spring.io, gradle-plugin; gradleup.com/shadow; read 2026-11). Undefined where other plugins, or settings, may call
 * them otherwise.
 */
function jarsOf(
  text: string,
  tasks: readonly string[],
): { readonly jars: readonly string[]; readonly isInstalled: boolean } | undefined {
  const names = tasks.map((it) => it.replace(/^.*:/, ""));
  if (
    !names.every((it) =>
      /^(clean|build|assemble|bootJar|jar|shadowJar|installDist|check|test|classes|dependencies)$/.test(it),
    )
  )
    return undefined;
  const plugins = [...text.matchAll(/\bid\s*\(?\s*["']([\w.-]+)["']/g)].map((it) => it[1] ?? "");
  const isOpen =
    /\balias\s*\(|apply\s+plugin|applicationName|distributions\s*\{|distributionBaseName|tasks\.(register|create)|registering|\btask\s+\w/.test(
      text,
    );
  if (isOpen || !plugins.every((it) => PLUGINS.test(it))) return undefined;
  const isBoot = plugins.includes("org.springframework.boot");
  const isShadow = plugins.some((it) => /shadow$/.test(it));
  const isAll = names.some((it) => /^(build|assemble)$/.test(it));
  const runs = (task: string) => names.includes(task);
  // A task whose plugin is not seen is brought by something else.
  if ((runs("bootJar") && !isBoot) || (runs("shadowJar") && !isShadow)) return undefined;
  const isPlainOff = /\bjar\b[^{]{0,40}\{[^}]*enabled\s*=\s*false/.test(text);
  const jars = [
    ...(isShadow && (isAll || runs("shadowJar")) ? ["-all"] : []),
    ...(isBoot && (isAll || runs("bootJar") || runs("installDist")) ? [""] : []),
    ...(isBoot && !isPlainOff && (isAll || runs("jar") || runs("installDist")) ? ["-plain"] : []),
    ...(!isBoot && (isAll || runs("jar") || runs("installDist")) ? [""] : []),
    ...(/withSourcesJar/.test(text) ? ["-sources"] : []),
    ...(/withJavadocJar/.test(text) ? ["-javadoc"] : []),
  ];
  return { jars, isInstalled: runs("installDist") };
}

/** Plugins that call jars as said above, or make none. */
const PLUGINS =
  /^(java|java-library|application|idea|eclipse|jacoco|checkstyle|pmd|org\.springframework\.boot|io\.spring\.dependency-management|com\.github\.johnrengelman\.shadow|com\.gradleup\.shadow|org\.jetbrains\.kotlin\.(jvm|plugin\.\w+)|com\.diffplug\.spotless|org\.flywaydb\.flyway|com\.github\.ben-manes\.versions|io\.freefair\.lombok|org\.sonarqube|com\.google\.protobuf)$/;

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
