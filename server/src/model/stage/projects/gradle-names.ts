import { baseName } from "../paths.ts";
import { withoutComments } from "./without-comments.ts";

/** What tasks of Gradle make of a project. */
export interface MadeJars {
  /** What stands behind the name of each jar, the one that is started first. */
  readonly jars: readonly string[];
  readonly isInstalled: boolean;
}

/**
 * What stands behind a jar's name, by the plugins and tasks: Spring Boot's own has nothing, beside it `jar` makes `-plain`; Shadow's
 * has `-all` (docs.spring.io, gradle-plugin; gradleup.com/shadow; read 2026-11). Undefined where other plugins, or settings, may call
 * them otherwise.
 */
export function jarsOf(text: string, tasks: readonly string[]): MadeJars | undefined {
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

/** The name of the root project; without one that of its directory. */
export function rootName(settings: string | null | undefined, directory: string): string | undefined {
  const text = withoutComments(settings ?? "");
  const name = /rootProject\.name\s*=\s*["']([\w.-]+)["']/.exec(text)?.[1];
  return name ?? (text.includes("rootProject.name") ? undefined : baseName(directory));
}

/** Empty without a version; undefined where it is worked out, or there are several. */
export function versionOf(build: string, properties: string): string | undefined {
  const mentions = [...build.matchAll(/^[ \t]*(?:project\.)?version\b[ \t]*=?[ \t]*\(?[ \t]*(.*)$/gm)].map(
    (it) => it[1] ?? "",
  );
  const values = new Set(mentions.map((it) => /^["']([\w.+-]+)["']\)?;?[ \t]*$/.exec(it)?.[1]));
  const fromFile = /^[ \t]*version[ \t]*[=:][ \t]*([\w.+-]+)[ \t]*$/m.exec(properties)?.[1];
  if (values.size === 0)
    return /\bversion\s*=|setVersion|\.version\s*\(/.test(build) ? undefined : (fromFile ?? "");
  return values.size === 1 && fromFile === undefined ? [...values][0] : undefined;
}
