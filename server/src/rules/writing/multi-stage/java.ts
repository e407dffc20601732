import type { BuildContext } from "../../../model/context/build-context.ts";
import { baseName, directoryOf, isWithin, joinPath, resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { targetFolder } from "../../knowledge/context-sources.ts";
import { isPlainStep } from "../plain-step.ts";
import { accountRuns, factsOf, makesAccount } from "./accounts.ts";
import { installsMore } from "./build-packages.ts";
import { type JavaStart, javaStart } from "./java-start.ts";
import { partsOf, type StageParts, splitStage } from "./split-stage.ts";

/**
 * Makes a builder and an image with Temurin's JRE of the same version and system of a stage that builds a jar by Maven or Gradle
 * and starts it by `java -jar`. The container's user stays what it was. Undefined where it is not certain which file the
 * jar is, that it holds what it depends on, or what else is read.
 */
export function splitJavaStage(stage: Stage): readonly TextEdit[] | undefined {
  const image = runtimeOf(stage);
  const started = javaStart(stage);
  const parts = partsOf(stage);
  const facts = image === undefined ? undefined : factsOf(image, stage);
  const { workdir, user } = stage.result;
  if (image === undefined || !facts || !started || !parts || !workdir.known || !user.known) return undefined;
  const build = buildOf(parts, stage);
  const jar = resolvePath(workdir.value, started.jar);
  if (!build || jar === undefined || readsMore(started, stage) || !keepsFiles(parts, build.folder, stage))
    return undefined;
  const artefact = artefactOf(jar, build, stage);
  const data = dataOf(parts, build.folder, stage);
  if (artefact === undefined || !data) return undefined;

  const { name, group, instruction } = user.value;
  const isWritten = instruction !== undefined && parts.tail.includes(instruction);
  // Who the base image runs as is nobody in the other.
  if (!instruction && !user.value.isRoot) return undefined;
  const owner = group === undefined ? name : `${name}:${group}`;
  const owners = [owner, ...[...parts.tail, ...data].flatMap(ownersOf)];
  const accounts = accountRuns(owners, parts, stage, facts);
  if (!accounts) return undefined;
  return splitStage(stage, parts, {
    image,
    environment: parts.head.filter((it) => it.name === "ENV" && !isForBuild(it)),
    setup: accounts,
    workdir: startOf(parts, stage),
    artefacts: [{ from: artefact, to: artefact }],
    repeated: data,
    user: isWritten || user.value.isRoot ? undefined : owner,
    edits: [],
  });
}

/** The builder's working directory at its end, where what is left goes on from it. */
function startOf({ end, tail }: StageParts, stage: Stage): string | undefined {
  const { workdir } = stage.after(end);
  const first = tail.find((it) => it.name === "WORKDIR" || it.name === "COPY");
  const isReplaced = first?.name === "WORKDIR" && first.words[0]?.raw.startsWith("/");
  return workdir.known && workdir.value !== "/" && !isReplaced ? workdir.value : undefined;
}

function ownersOf({ flags }: Instruction): string[] {
  return flags.filter((it) => it.name === "chown").map((it) => it.value ?? "");
}

/**
 * The JRE's image for a builder's: `eclipse-temurin:21-jre-alpine` for `maven:3-eclipse-temurin-21-alpine`,
 * `gradle:8-jdk21-alpine` and `eclipse-temurin:21-jdk-alpine` (tags of docker-maven, docker-gradle and adoptium/containers, read 2026-11).
 */
function runtimeOf({ base }: Stage): string | undefined {
  if (base.kind !== "image" || base.word.raw.includes("$") || base.image.digest !== undefined)
    return undefined;
  const { name, tag = "" } = base.image;
  const found = TAGS[name]?.exec(tag)?.groups;
  if (!found) return undefined;
  return `eclipse-temurin:${found["version"]}-jre${found["system"] ?? ""}`;
}

const SYSTEM = "(?<system>-(alpine(-3\\.\\d+)?|noble|jammy|focal))?$";
const TAGS: Readonly<Record<string, RegExp>> = {
  maven: new RegExp(`^(\\d[\\d.]*-)?eclipse-temurin-(?<version>\\d+)${SYSTEM}`),
  gradle: new RegExp(`^(\\d[\\d.]*-)?jdk(?<version>\\d+)${SYSTEM}`),
  "eclipse-temurin": new RegExp(`^(?<version>\\d[\\w.]*?)(-jdk)?${SYSTEM}`),
};

interface Build {
  /** The folder of the project. */
  readonly folder: string;
  readonly tool: "maven" | "gradle";
  /** Jars that a command behind the build put elsewhere. */
  readonly copied: readonly string[];
  /** Tasks of the build. */
  readonly words: readonly string[];
}

/** The one build of the builder; undefined where its RUNs do something else than to build and to tidy up. */
function buildOf({ head }: StageParts, stage: Stage): Build | undefined {
  let build: Build | undefined;
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

function toolOf({ name }: Command): Build["tool"] | undefined {
  const program = name?.literal?.replace(/^\.\//, "") ?? "";
  if (/^(mvn|mvnw)$/.test(program)) return "maven";
  return /^(gradle|gradlew)$/.test(program) ? "gradle" : undefined;
}

function makesJar(tool: Build["tool"], words: readonly string[]): boolean {
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
function artefactOf(jar: string, build: Build, stage: Stage): string | undefined {
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
function holdsAll({ tool, words }: Build, module: string, context: BuildContext): boolean {
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

/** Is a file named that the image has for the container, beside the jar? */
function readsMore({ words }: JavaStart, stage: Stage): boolean {
  if (
    words.some((it) =>
      /^(-javaagent|-agent|-cp$|-p$|--?class-?path|--module-path|-Xbootclasspath|@)/.test(it),
    )
  )
    return true;
  return words.some((word) =>
    [...word.matchAll(/(?:^|[=:,])(\/[\w./-]+)/g)].some(
      ([, path = "/"]) =>
        !/^\/(dev|proc|sys|etc|tmp|run|var)(\/|$)/.test(path) &&
        stage.result.hasPath(joinPath("/", path)).is === "yes",
    ),
  );
}

/** Settings of Maven and Gradle. */
function isForBuild({ pairs }: Instruction): boolean {
  return pairs.every((it) => /^(MAVEN|M2|MVN|GRADLE)(_\w+)?$/.test(it.name.raw));
}

/** Is what is copied for the build among the sources, and nothing set up that the JRE's image has otherwise? */
function keepsFiles({ head, tail }: StageParts, folder: string, stage: Stage): boolean {
  const variables = head
    .filter((it) => it.name === "ENV")
    .flatMap((it) => it.pairs.map((pair) => pair.name.raw));
  if (variables.some((it) => /^(PATH|JAVA_HOME|LD_\w+)$/.test(it))) return false;
  if (
    tail.some(
      (it) => it.name === "COPY" && it.words.slice(0, -1).some((word) => /^(\.\/?|\*)$/.test(word.raw)),
    )
  )
    return false;
  return head
    .filter((it) => it.name === "COPY" || it.name === "ADD")
    .every((it) => {
      const target = targetFolder(it, stage);
      const isSetting = target !== undefined && /^\/root\/\.(m2|gradle)(\/|$)/.test(target);
      return (
        target !== undefined &&
        it.name === "COPY" &&
        (isSetting || (folder !== "/" && isWithin(target, folder)))
      );
    });
}

/**
 * COPYs of the build whose files the program reads: `COPY config ./config`. Undefined where settings that Spring looks for in
 * the working directory come with the sources.
 */
function dataOf({ head }: StageParts, folder: string, stage: Stage): readonly Instruction[] | undefined {
  const { context } = stage.model.inputs;
  const data: Instruction[] = [];
  for (const copy of head.filter((it) => it.name === "COPY")) {
    const names = copy.words.slice(0, -1).map((it) => it.raw.replace(/^\.\//, "").replace(/\/+$/, ""));
    const isData = names.map((it) => DATA.test(it));
    if (isData.some(Boolean)) {
      const isSame = stage.before(copy).workdir.known && sameFolder(copy, stage);
      if (!isData.every(Boolean) || !isSame) return undefined;
      data.push(copy);
    } else if (names.some((it) => it === "" || it === ".") && targetFolder(copy, stage) === folder) {
      const beside = context?.list("") ?? [];
      if (beside.some((it) => DATA.test(it) && context?.isIgnored(it).is !== "yes")) return undefined;
    }
  }
  return data;
}

function sameFolder(copy: Instruction, stage: Stage): boolean {
  const [then, end] = [stage.before(copy).workdir, stage.result.workdir];
  return /^\//.test(copy.words.at(-1)?.raw ?? "") || (then.known && end.known && then.value === end.value);
}

/** What a program reads from its working directory (Spring Boot, "Externalized Configuration", read 2026-11). */
const DATA =
  /^(config|conf|data|certs?|keystores?|static|public|templates|application[\w.-]*\.(ya?ml|properties|json)|[\w.-]+\.(jks|p12|pem|crt))$/;
