import type { Known } from "../../../model/known.ts";
import { baseName, directoryOf, isWithin, joinPath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Binary, KnownFile } from "../../../model/stage/state.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { insert, type TextEdit } from "../../../text/edit.ts";
import { startsPrograms, usesTimeZones } from "../../knowledge/binaries/go-needs.ts";
import { isGoBuild, usesC } from "../../knowledge/commands/go-build.ts";
import { installsMore } from "./build-packages.ts";
import { bringsData, filesNamedIn } from "./runtime-files.ts";
import { runtimeUser } from "./runtime-user.ts";
import { partsOf, type RuntimePlan, type StageParts, splitStage } from "./split-stage.ts";
import { pathOfProgram, restart, type Started, startedBy } from "./started-program.ts";

/** Nothing but what a static program needs: certificates, time zones, and a user (distroless README, read 2026-11). */
const STATIC = "gcr.io/distroless/static-debian13:nonroot";
/** With glibc, OpenSSL and libgcc too. A program built against an older glibc runs on a newer one. */
const WITH_LIBC = "gcr.io/distroless/cc-debian13:nonroot";

interface CompiledLanguage {
  /** Edits that make a program which runs elsewhere; undefined where none can. */
  readonly build: (file: KnownFile, stage: Stage) => TextEdit[] | undefined;
  readonly image: (file: KnownFile) => string | undefined;
}

const languages: Readonly<Partial<Record<Binary["language"], CompiledLanguage>>> = {
  go: { build: withoutCgo, image: () => STATIC },
  rust: {
    build: () => [],
    image({ binary }) {
      if (!binary?.linkage.known) return undefined;
      if (binary.linkage.value === "static") return STATIC;
      return binary.linkage.value.libc === "glibc" ? WITH_LIBC : undefined;
    },
  },
};

/**
 * Makes a builder and a small image of a stage that compiles a Go or Rust program and starts it. Go is built without cgo,
 * so that it runs on any libc; the image is distroless, or Alpine where the container needs a shell. Undefined
 * where it cannot be told what the program needs.
 */
export function splitCompiledStage(stage: Stage): readonly TextEdit[] | undefined {
  const started = startedBy(stage);
  const path = started && pathOfProgram(started.program, stage);
  const file = path === undefined ? undefined : stage.result.fileAt(path);
  const parts = partsOf(stage);
  const language = file?.binary ? languages[file.binary.language] : undefined;
  if (!started || !parts || !file?.binary || !language || stage.base.kind !== "image") return undefined;
  const { builtBy } = file.binary;
  if (!parts.head.includes(builtBy) || !isOnlyBuild(parts, builtBy, stage)) return undefined;
  const build = language.build(file, stage);
  const probe = probeOf(started, stage);
  if (!build || !probe) return undefined;

  const target = isBuildTree(file, stage) ? `/usr/local/bin/${baseName(file.path)}` : file.path;
  if (target !== file.path && probe.isProgram) return undefined;
  const start = restart(started, target, stage);
  const data = dataOf(file, parts, stage);
  if (!start || !data) return undefined;
  const needsShell = probe.needsShell || !started.words;
  const small = language.image(file);
  // Alpine's C library is another one.
  if (small === undefined || (needsShell && small !== STATIC)) return undefined;
  const image = needsShell ? `alpine:${stage.model.inputs.images.tags("alpine")[0] ?? "3.24"}` : small;
  const user = runtimeUser(parts, stage, image);
  const packages = [...probe.packages, ...(needsShell && usesZones(file, stage) ? ["tzdata"] : [])];
  const plan: RuntimePlan = {
    image,
    setup: [
      ...(packages.length > 0 ? [`RUN apk add --no-cache ${packages.join(" ")}`] : []),
      ...(user?.setup ?? []),
    ],
    artefacts: [{ from: file.path, to: target }, ...data.artefacts],
    workdir: data.workdir,
    repeated: data.repeated,
    user: user?.name,
    edits: [...build, ...start, ...(user?.edits ?? [])],
  };
  return user ? splitStage(stage, parts, plan) : undefined;
}

/** Programs of a RUN behind the build that leave nothing for a running service. */
const TIDYING =
  /^(go|chmod|rm|upx|strip|ls|echo|mv|cp|cd|set|true|test|apk|apt-get|adduser|addgroup|useradd|groupadd)$/;
/** Does what stands in the builder serve the build alone, as far as its commands tell? */
function isOnlyBuild({ head, tail }: StageParts, builtBy: Instruction, stage: Stage): boolean {
  let isBuilt = false;
  for (const run of head.filter((it) => it.name === "RUN")) {
    for (const command of stage.commandsOf(run)?.commands ?? []) {
      const { name } = command;
      const program = name?.literal;
      if (name && (program === undefined || /^update-ca-/.test(program))) return false;
      if (isBuilt && program !== undefined && !TIDYING.test(program)) return false;
      if (installsMore(command) || makesElsewhere(command, stage.before(run).workdir)) return false;
    }
    isBuilt ||= run === builtBy;
  }
  // What ADD brings behind the build would stay in the builder.
  if (head.slice(head.indexOf(builtBy)).some((it) => it.name === "ADD")) return false;
  // A volume would belong to root, and a user without rights could not write to it.
  if (tail.some((it) => it.name === "VOLUME")) return false;
  // What is copied behind the build goes to the small image, whose users are others.
  return tail.every(
    (it) =>
      it.name !== "COPY" ||
      (!it.flags.some((flag) => flag.name === "chown" && !/^\d+(:\d+)?$/.test(flag.value ?? "")) &&
        !it.words.slice(0, -1).some((word) => /^(\.\/?|\*)$/.test(word.raw))),
  );
}

/** Does it make a file or folder that is not among the sources, and that the program may use? */
function makesElsewhere({ name, arguments: words }: Command, workdir: Known<string>): boolean {
  if (!/^(mkdir|touch|mkfifo|install|ln)$/.test(name?.literal ?? "")) return false;
  return words.some(({ literal }) => {
    if (literal === undefined) return true;
    if (!literal.startsWith("/")) return false;
    const isSource = workdir.known && workdir.value !== "/" && isWithin(literal, workdir.value);
    return !isSource && !BUILD_FOLDER.test(`${literal}/`);
  });
}

/** Edits that turn cgo off where it may be on, so that Go is linked statically; undefined where the program seems to need C. */
export function withoutCgo({ binary }: KnownFile, stage: Stage): TextEdit[] | undefined {
  if (!binary) return undefined;
  const { linkage, builtBy } = binary;
  if (linkage.known && linkage.value === "static") return [];
  const commands = (stage.scriptOf(builtBy)?.commands ?? []).filter(isGoBuild);
  if (commands.some((it) => usesC(it, stage) || it.assignments.some(({ name }) => name === "CGO_ENABLED")))
    return undefined;
  return commands.length === 0 ? undefined : commands.map((it) => insert(it.span.start, "CGO_ENABLED=0 "));
}

/** Is the program among sources, or in Go's own folders, where nobody looks for it in an image? */
function isBuildTree({ path, binary }: KnownFile, stage: Stage): boolean {
  const { workdir } = binary ? stage.before(binary.builtBy) : stage.result;
  const directory = workdir.known ? workdir.value : "/";
  return (directory !== "/" && isWithin(path, directory)) || BUILD_FOLDER.test(path);
}

const BUILD_FOLDER = /^\/(go|root|tmp|src|build)\//;

interface Probe {
  readonly needsShell: boolean;
  /** Is it the program itself that is asked? */
  readonly isProgram: boolean;
  readonly packages: readonly string[];
}

/** What the health check needs; undefined for what the small image may not have. */
function probeOf({ program }: Started, stage: Stage): Probe | undefined {
  const instruction = stage.instructions.findLast((it) => it.name === "HEALTHCHECK");
  if (instruction?.inner?.name !== "CMD") return { needsShell: false, isProgram: false, packages: [] };
  const commands = stage.commandsOf(instruction)?.commands ?? [];
  const names = commands.map((it) => it.name?.literal);
  if (names.every((it) => it === program || it === "exit") && commands.length > 0)
    return { needsShell: !instruction.inner?.exec, isProgram: true, packages: [] };
  if (!names.every((it) => it !== undefined && /^(curl|wget|exit|true|false)$/.test(it))) return undefined;
  return { needsShell: true, isProgram: false, packages: names.includes("curl") ? ["curl"] : [] };
}

interface RuntimeData {
  readonly artefacts: RuntimePlan["artefacts"];
  readonly repeated: readonly Instruction[];
  readonly workdir: string | undefined;
}

/** Files beside the program that it reads, and variables that it may ask for. */
function dataOf(file: KnownFile, { head, tail, end }: StageParts, stage: Stage): RuntimeData | undefined {
  const { context } = stage.model.inputs;
  const { workdir } = stage.result;
  if (!workdir.known || !file.binary) return undefined;
  const copies = head.filter((it) => (it.name === "COPY" || it.name === "ADD") && bringsData(it, context));
  if (
    copies.some(
      (it) => it.hereDocuments.length > 0 || (stage.before(it).workdir !== workdir && !isSame(stage, it)),
    )
  )
    return undefined;
  const variables = head.filter(
    (it) => it.name === "ENV" && !it.pairs.every((pair) => BUILD_VARIABLE.test(pair.name.raw)),
  );
  if (variables.some((it) => it.pairs.some((pair) => /^(PATH|LD_\w+)$/.test(pair.name.raw))))
    return undefined;

  const { sources } = file.binary;
  // Programs that it starts itself are in the image that it was built in, and may not be in a small one.
  if (sources && startsPrograms(sources)) return undefined;
  const built = stage.before(file.binary.builtBy).workdir;
  const directory = built.known ? built.value : workdir.value;
  const copied = new Set(
    copies.flatMap((it) => it.words.slice(0, -1).map((word) => word.raw.replace(/^\.\/|\/+$/g, ""))),
  );
  const root = sources?.[0] && context ? directoryOf(`/${sources[0].path}`) : undefined;
  const named =
    sources && context && root !== undefined
      ? filesNamedIn(sources, "", directory, context).filter(
          (it) => !copied.has(it) && stage.result.hasPath(joinPath(directory, it)).is === "yes",
        )
      : [];
  const isRelative = (it: Instruction) => !it.words.at(-1)?.raw.startsWith("/");
  const needsWorkdir =
    named.length > 0 || [...copies, ...tail.filter((it) => it.name === "COPY")].some(isRelative);
  // What is left goes on from where the builder ends.
  const start = stage.after(end).workdir;
  if (needsWorkdir && (!start.known || start.value !== workdir.value)) return undefined;
  return {
    artefacts: named.map((it) => ({ from: joinPath(directory, it), to: joinPath(workdir.value, it) })),
    repeated: [...variables, ...copies],
    workdir: needsWorkdir && workdir.value !== "/" ? workdir.value : undefined,
  };
}

/** Does a relative path mean the same at this COPY and at the end? */
function isSame(stage: Stage, copy: Instruction): boolean {
  const [then, end] = [stage.before(copy).workdir, stage.result.workdir];
  return then.known && end.known && then.value === end.value;
}

const BUILD_VARIABLE = /^(CARGO_\w+|RUST\w*FLAGS|GO[A-Z0-9_]*|CGO_\w+|CC|CXX|DEBIAN_FRONTEND|PATH)$/;

function usesZones({ binary }: KnownFile, stage: Stage): boolean {
  return (
    stage.result.isSet("TZ").is === "yes" ||
    (binary?.sources !== undefined && usesTimeZones(binary.sources) !== undefined)
  );
}
