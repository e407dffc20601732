import type { BuildContext } from "../../../model/context/build-context.ts";
import { baseName, directoryOf, isWithin, resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { isPlainStep } from "../commands/plain-step.ts";
import { makesAccount } from "./accounts.ts";
import { installsMore } from "./build-packages.ts";
import type { StageParts } from "./split-stage.ts";

/** How a stage builds a jar by Maven or Gradle. */
export interface JavaBuild {
  /** The folder of the project. */
  readonly folder: string;
  readonly tool: "maven" | "gradle";
  /** Jars that a command behind the build put elsewhere. */
  readonly copied: readonly string[];
  /** Tasks of the build. */
  readonly words: readonly string[];
}

/** The one build of the builder; undefined where its RUNs do something else than to build and to tidy up. */
export function javaBuild({ head }: StageParts, stage: Stage): JavaBuild | undefined {
  let build: JavaBuild | undefined;
  for (const run of head.filter((it) => it.name === "RUN")) {
    const script = stage.commandsOf(run);
    const { workdir } = stage.before(run);
    const directory = workdir.known ? workdir.value : undefined;
    if (!script?.complete || run.hereDocuments.length > 0) return undefined;
    for (const command of script.commands) {
      const tool = toolOf(command);
      const words = command.arguments.map((it) => it.literal ?? it.raw);
      if (tool && makesJar(tool, words)) {
        const folder = projectOf(words, directory);
        if (!isPlainStep(command) || folder === undefined) return undefined;
        // Of several builds the last one is the jar's; all are of one project.
        if (build && (build.folder !== folder || build.tool !== tool || build.copied.length > 0))
          return undefined;
        build = { folder, tool, copied: [], words };
      } else if (tool && build && words.includes("clean")) {
        return undefined;
      } else if (/^(cp|mv)$/.test(command.name?.literal ?? "")) {
        const target = build && isPlainStep(command) ? copiedJar(words, directory) : undefined;
        if (!build || target === undefined) return undefined;
        build = { ...build, copied: [...build.copied, target] };
      } else if (!tool && !isTidying(command) && !makesAccount(command)) return undefined;
      if (installsMore(command)) return undefined;
    }
  }
  return build;
}

function toolOf({ name }: Command): JavaBuild["tool"] | undefined {
  const program = name?.literal?.replace(/^\.\//, "") ?? "";
  if (/^(mvn|mvnw)$/.test(program)) return "maven";
  return /^(gradle|gradlew)$/.test(program) ? "gradle" : undefined;
}

function makesJar(tool: JavaBuild["tool"], words: readonly string[]): boolean {
  const goals =
    tool === "maven" ? /^(package|verify|install)$/ : /^:?(build|assemble|bootJar|shadowJar|fatJar|jar)$/;
  return words.some((it) => goals.test(it));
}

/** The folder whose pom.xml or build.gradle is built; undefined where the output may be elsewhere. */
function projectOf(words: readonly string[], workdir: string | undefined): string | undefined {
  if (words.some((it) => ELSEWHERE.test(it))) return undefined;
  const at = words.findIndex((it) => it === "-f" || it === "--file");
  const pom = at < 0 ? "pom.xml" : (words[at + 1] ?? "");
  const path = resolvePath(workdir, pom);
  return path?.endsWith("/pom.xml") ? directoryOf(path) : path;
}

const ELSEWHERE =
  /^(--file=|(-p|--project-dir|-pl|--projects|-b|--build-file)(=|$))|buildDirectory|buildDir|finalName/;

/** Where `mv target/*.jar /app.jar` puts a jar. */
function copiedJar(words: readonly string[], workdir: string | undefined): string | undefined {
  const [from = "", to = "", ...more] = words.filter((it) => !/^-[fv]+$/.test(it));
  if (
    more.length > 0 ||
    !/^(\.\/)?(target|build\/libs)\/[\w.*${}-]+\.jar$/.test(from) ||
    !/^[\w./-]+$/.test(to)
  )
    return undefined;
  return to.endsWith(".jar") ? resolvePath(workdir, to) : undefined;
}

function isTidying(command: Command): boolean {
  const program = command.name?.literal ?? "";
  if (program === "rm")
    return command.arguments.every((it) =>
      /^(-\w+|(~|\/root)\/\.(m2|gradle)(\/.*)?|\/var\/\S+|\/tmp\/\S+|src)$/.test(it.raw),
    );
  if (program === "chmod")
    return command.arguments.slice(1).every((it) => /^(\.\/)?(mvnw|gradlew)$/.test(it.raw));
  return /^(apk|apt|apt-get|ls|set|echo|true|test|java|dos2unix)$/.test(program);
}

/** The jar itself, or the folder that it needs around it; undefined where it may need more than that. */
export function artefactOf(jar: string, build: JavaBuild, stage: Stage): string | undefined {
  const { context } = stage.model.inputs;
  // With one command that takes it out of the build, what it needs is in it: the file alone is started.
  if (build.copied.length > 0) return build.copied.length === 1 && build.copied[0] === jar ? jar : undefined;
  if (!isWithin(jar, build.folder) || !context) return undefined;
  const below = jar.slice(build.folder === "/" ? 1 : build.folder.length + 1);
  const [, module = ""] = (build.tool === "maven" ? MAVEN_JAR : GRADLE_JAR).exec(below) ?? [
    undefined,
    undefined,
  ];
  if (!(build.tool === "maven" ? MAVEN_JAR : GRADLE_JAR).test(below)) return undefined;
  if (baseName(jar) === "quarkus-run.jar") return directoryOf(jar);
  return holdsAll(build, module.replace(/\/$/, ""), context) ? jar : undefined;
}

const MAVEN_JAR = /^((?:[\w.-]+\/)*?)target\/(?:quarkus-app\/)?[\w.-]+\.jar$/;
const GRADLE_JAR = /^((?:[\w.-]+\/)*?)build\/(?:libs|quarkus-app)\/[\w.-]+\.jar$/;

/** Do the project's files say that its jar holds what it depends on, or that it depends on nothing? */
function holdsAll({ tool, words }: JavaBuild, module: string, context: BuildContext): boolean {
  const names = tool === "maven" ? ["pom.xml"] : ["build.gradle", "build.gradle.kts"];
  const texts = [...new Set([module, ""])].flatMap((folder) =>
    names.flatMap((it) => context.read(folder === "" ? it : `${folder}/${it}`) ?? []),
  );
  const [own = ""] = texts;
  const all = texts.join("\n");
  // A manifest that names jars beside it.
  if (texts.length === 0 || /addClasspath|classpathPrefix|copy-dependencies|Class-Path/.test(all))
    return false;
  if (words.some((it) => /^:?(bootJar|shadowJar|fatJar)$/.test(it))) return true;
  if (tool === "maven")
    return (
      /spring-boot-maven-plugin|maven-shade-plugin|jar-with-dependencies/.test(all) ||
      !/<dependency>/.test(own)
    );
  return (
    /org\.springframework\.boot|shadow/.test(all) ||
    !/\b(implementation|api|compile|runtimeOnly|runtime)\b[\s("']/.test(own)
  );
}
