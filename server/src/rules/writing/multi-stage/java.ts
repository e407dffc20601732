import { targetFolder } from "../../../model/stage/copy-target.ts";
import { isWithin, joinPath, resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { accountRuns, factsOf } from "./accounts.ts";
import { artefactOf, javaBuild } from "./java-build.ts";
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
  const build = javaBuild(parts, stage);
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
