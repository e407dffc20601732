import type { TargetRuntime } from "../state.ts";

/**
 * The Java that javac writes classes for, by what pom.xml files without comments say (maven.apache.org, maven-compiler-plugin; read
 * 2026-11). Undefined where none says it, where several versions are named, since profiles and plugins may have their own, and where the
 * command says something itself.
 */
export function javaOfMaven(poms: readonly string[], words: readonly string[]): TargetRuntime | undefined {
  if (words.some((it) => /^-D(maven\.compiler|java\.version|release)|^-t$|toolchain/.test(it)))
    return undefined;
  // The property `java.version` is Spring Boot's, or that of whoever refers to it.
  const isRead = poms.some((it) => READS_JAVA_VERSION.test(it));
  const found = poms.flatMap((it) => [
    ...it.matchAll(
      /<(maven\.compiler\.(?:release|source|target)|java\.version|release|source|target)>\s*(?:1\.)?(\d+)\s*<\/\1>/g,
    ),
  ]);
  return onlyJava(
    found.filter((it) => it[1] !== "java.version" || isRead),
    2,
  );
}

/** What in a pom.xml makes `java.version` count. */
export const READS_JAVA_VERSION = /\$\{java\.version\}|spring-boot-(?:starter-)?(?:parent|dependencies)/;

/** The same of Gradle's build files (docs.gradle.org, Toolchains for JVM projects; read 2026-11). Undefined where one of their settings is worked out. */
export function javaOfGradle(build: string, words: readonly string[]): TargetRuntime | undefined {
  if (words.some((it) => /^-[DP]\S*(java|jvm|jdk|release)/i.test(it))) return undefined;
  const settings = [...build.matchAll(GRADLE_SETTING)].length;
  const found = [...build.matchAll(GRADLE_VERSION)];
  return settings === found.length ? onlyJava(found, 1) : undefined;
}

const GRADLE_SETTING =
  /\b(?:languageVersion|sourceCompatibility|targetCompatibility|options\.release|jvmToolchain|jvmTarget)\b/g;

const GRADLE_VERSION =
  /\b(?:languageVersion|sourceCompatibility|targetCompatibility|options\.release|jvmToolchain|jvmTarget)\s*(?:=|\.set\s*\(|\()?\s*(?:JavaLanguageVersion\.of\(|JavaVersion\.VERSION_(?:1_)?|JvmTarget\.JVM_(?:1_)?)?["']?(?:1\.)?(\d+)\b["']?\)*/g;

function onlyJava(found: readonly RegExpMatchArray[], group: number): TargetRuntime | undefined {
  const versions = new Set(found.map((it) => it[group] ?? ""));
  const [version] = versions;
  return versions.size === 1 && version
    ? { runtime: "Java", version, written: (found[0]?.[0] ?? "").trim() }
    : undefined;
}

/**
 * The .NET that a published program demands, by its project with the properties around it, without comments. Undefined where it brings its own
 * (`--self-contained`, AOT), or may go to another version (learn.microsoft.com, Select which .NET version to use; read 2026-11).
 */
export function frameworkOfDotnet(
  project: string,
  words: readonly (string | undefined)[],
): TargetRuntime | undefined {
  const [written, version, ...more] =
    /<TargetFramework>\s*net(\d+\.\d+)\s*<\/TargetFramework>/.exec(project) ?? [];
  const isOpen =
    more.length > 0 ||
    (project.match(/<TargetFrameworks?>/g) ?? []).length > 1 ||
    /RollForward|SelfContained|RuntimeIdentifier|PublishAot|PublishSingleFile|RuntimeFrameworkVersion/.test(
      project,
    ) ||
    words.some((it) => it === undefined || OWN_RUNTIME.test(it));
  return isOpen || version === undefined || written === undefined
    ? undefined
    : { runtime: ".NET", version, written, isWeb: WEB.test(project) };
}

/** The SDK of web projects refers to ASP.NET Core by itself. */
const WEB = /Sdk="Microsoft\.NET\.Sdk\.Web"|<FrameworkReference\s+Include="Microsoft\.AspNetCore\.App"/;

const OWN_RUNTIME =
  /^(?:--self-contained|--sc|-r|--runtime|-a|--arch|--os|-f|--framework|-p|--property|\/p)(?:[=:]|$)|^-r\w|^[-/]p:/;
