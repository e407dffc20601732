import type { ImageFacts } from "../../model/image/facts.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { CommandSetting } from "../../model/stage/state.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { contains } from "../../text/span.ts";
import {
  calledBy,
  compilesAtStart,
  isCompileCommand,
  startsToolchain,
} from "../knowledge/commands/compilers.ts";
import { takesContext } from "../knowledge/files/context-sources.ts";
import {
  isJdkBesideJre,
  isMadeToBuild,
  runtimeImage,
  runtimePackage,
} from "../knowledge/images/toolchain-images.ts";
import { readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { isForDevelopment } from "../knowledge/stages/for-development.ts";
import { scriptsRunIn } from "../knowledge/started/run-scripts.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";
import { multiStageFixes } from "../writing/multi-stage/multi-stage.ts";
import { pathOfProgram } from "../writing/multi-stage/started-program.ts";

export const toolchainInFinalStage = stageRule({
  id: "toolchain-in-final-stage",
  title: "Compiler shipped with the program",
  severity: "warning",
  tags: ["size", "security"],
  aliases: ["S22", "toolchain-final-image", "prefer-multi-stage-build", "prefer-runtime-final-stage"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a final stage that is built on a compiler's image (\`golang\`, \`rust\`, \`maven\`, \`dotnet/sdk\` …) or installs a compiler as a package, compiles
      a program and starts it, or starts one that another stage compiled. That it compiles its sources at each start
      (\`go run\`, \`dotnet run\`) is information. Silent if the container starts the toolchain otherwise, as images for
      development do.`,
    why: source`
      The compiler, its sources and caches weigh hundreds of megabytes, travel with each release, and give an intruder
      tools to work with. Build in one stage, and copy the program to a second one that holds nothing else.`,
    bad: source`
      FROM golang:1.27
           ^^^^^^^^^^^ toolchain-in-final-stage: golang:1.27 is a toolchain, and the image ships it although only the program that it builds is started.
      WORKDIR /src
      COPY . .
      RUN go build -o /usr/local/bin/api .
      ENTRYPOINT ["/usr/local/bin/api"]`,
    good: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/api .
      FROM alpine:3.24
      COPY --from=builder /out/api /usr/local/bin/
      ENTRYPOINT ["/usr/local/bin/api"]`,
  },

  check(stage, report) {
    if (!stage.isFinal) return;
    const toolchain = toolchainOf(stage);
    const started = startedWords(stage);
    if (!toolchain && started) checkInstalled(stage, started, report);
    if (!toolchain || !started) return;

    const { name, facts } = toolchain;
    const compiled = commandIn(stage, (it) => isCompileCommand(it) || isMakeOfProgram(it, name));
    const image = { message: `${name} is an image to build with${weightOf(facts)}.` };
    const span = stage.base.word?.span ?? stage.from.keyword;
    const ships = `${name} is a toolchain, and the image ships it`;
    if (started.some(startsToolchain)) {
      // What watches the sources, or has them mounted, is for development.
      if (!started.some(compilesAtStart) || isForDevelopment(stage) || !copiesSources(stage)) return;
      report(span, `${ships} to compile the program each time it starts.`, {
        severity: "info",
        related: [image],
      });
    } else if (compiled && !(startsScript(started) && (isMake(compiled) || mayScriptBuild(stage))))
      report(span, `${ships} although only the program that it builds is started.`, {
        related: [{ message: "The program is built here.", span: compiled.span }, image],
        fixes: multiStageFixes(stage),
      });
    else if (toolchain.hasRuntime && startsOnlyRuntime(started, stage))
      report(span, `${ships} although it only starts a program that was built before.`, {
        related: [image],
        fixes: runtimeFixes(stage),
      });
  },
});

interface Toolchain {
  readonly name: string;
  readonly facts: ImageFacts | undefined;
  /** Has its vendor an image that only runs? */
  readonly hasRuntime: boolean;
}

function toolchainOf({ bottom: { base } }: Stage): Toolchain | undefined {
  if (base.kind !== "image") return undefined;
  const facts = base.facts.known ? base.facts.value : undefined;
  const { name, tag, text } = base.image;
  const isDevelopment = /^nvidia\/cuda$/.test(name) && /(^|-)devel(-|$)/.test(tag ?? "");
  const hasRuntime = facts?.role === "toolchain" || isDevelopment || isJdkBesideJre(name, tag ?? "");
  return hasRuntime || isMadeToBuild(name, tag ?? "") ? { name: text, facts, hasRuntime } : undefined;
}

/** A compiler that a package brings, and that nothing takes away before the program is started. */
function checkInstalled(stage: Stage, started: readonly string[][], report: Report): void {
  if (checkJdk(stage, started, report)) return;
  if (started.some(startsToolchain) || startsScript(started) || OTHERS.test(started[0]?.[0] ?? "")) return;
  const compiled = commandIn(stage, (it) => isCompileCommand(it) && COMPILERS.has(it.name?.literal ?? ""));
  const packages = COMPILERS.get(compiled?.name?.literal ?? "");
  if (!compiled || !packages || commandIn(stage, removes)) return;
  for (const it of stagesDownFrom(stage))
    for (const run of it.instructions)
      for (const command of (run.name === "RUN" && it.scriptOf(run)?.commands) || []) {
        const call = readPackageCommand(command);
        const word = call?.act === "install" && call.operands.find((one) => packages.test(one.literal ?? ""));
        if (!word || command.conditional) continue;
        const name = word.literal ?? word.raw;
        report(
          word.span,
          `${name} is a toolchain, and the image ships it although only the program that it builds is started.`,
          {
            related: [{ message: "The program is built here.", span: compiled.span }],
            fixes: [],
          },
        );
        return;
      }
}

/** A JDK that a package brings, where only `java -jar` is started and nothing is compiled. */
function checkJdk(stage: Stage, started: readonly string[][], report: Report): boolean {
  const [program = "", ...words] = started[0] ?? [];
  if (!/^(.*\/)?java$/.test(program) || !words.includes("-jar")) return false;
  if (commandIn(stage, mayNeedToolchain)) return false;
  for (const it of stagesDownFrom(stage))
    for (const run of it.instructions)
      for (const command of (run.name === "RUN" && it.scriptOf(run)?.commands) || []) {
        const call = readPackageCommand(command);
        if (call?.act !== "install" || command.conditional) continue;
        const word = call.operands.find((one) => runtimePackage(one.literal ?? "") !== undefined);
        const next = runtimePackage(word?.literal ?? "");
        if (!word || next === undefined) continue;
        report(
          word.span,
          `${word.literal} is a toolchain, and the image ships it although it only starts a program that was built before.`,
          {
            fixes:
              word.raw === word.literal
                ? [{ kind: "unsafe", title: `Install ${next}`, edits: [replace(word.span, next)] }]
                : [],
          },
        );
        return true;
      }
  return false;
}

/** Programs of other languages, and servers: the compiler built something beside them. */
const OTHERS =
  /^(.*\/)?(node|npm|npx|yarn|pnpm|bun|deno|php[\w.-]*|nginx|apache2[\w-]*|httpd|supervisord|gunicorn|uvicorn|celery|flask|bundle|rails|puma)$/;

/** Packages of distributions that bring a compiler, by the program that is called. */
const COMPILERS: ReadonlyMap<string, RegExp> = new Map([
  ["go", /^(golang(-go|-1[.\d]+|-\d[.\d]*-go)?|go)$/],
  ["cargo", /^(cargo|rust|rust-all|rust-toolset|cargo-[\d.]+)$/],
  ["mvn", /^maven$/],
  ["gradle", /^gradle$/],
  ["dotnet", /^dotnet-?\d*-sdk(-\d[.\d]*)?$/],
]);

function removes(command: Command): boolean {
  const act = readPackageCommand(command)?.act;
  return act === "remove" || (command.name?.literal ?? "").endsWith("autoremove");
}

/** Of the stage, or of those that it is built on. */
function commandIn(stage: Stage, isMeant: (command: Command, stage: Stage) => boolean): Command | undefined {
  for (const it of stagesDownFrom(stage)) {
    const found = it.instructions
      .filter(({ name }) => name === "RUN")
      .flatMap((run) => it.commandsOf(run)?.commands ?? [])
      .find((command) => isMeant(command, it));
    if (found) return found;
  }
  return undefined;
}

/** `make` in the image of a compiler for programs, unless its target is something else. */
function isMakeOfProgram({ name, arguments: words }: Command, image: string): boolean {
  if (name?.literal !== "make" || !/^(golang|rust|gcc|nvidia\/cuda|swift|haskell)\b/.test(image))
    return false;
  const targets = words.flatMap(({ raw }) => (/^-|=/.test(raw) ? [] : raw));
  return targets.every((it) =>
    /^(all|build|install|compile|release|bin|[\w-]*(build|release|static))$/.test(it),
  );
}

/** The words that the container starts, one list for each of the file's own instructions; undefined where there are none. */
function startedWords({ result }: Stage): readonly string[][] | undefined {
  const own = [result.entrypoint, result.command].flatMap((it) =>
    it.known && it.value?.instruction ? [wordsOf(it.value)] : [],
  );
  return own.length > 0 ? own : undefined;
}

function isMake({ name }: Command): boolean {
  return name?.literal === "make";
}

/** May a script that the container starts want the toolchain? So may one that cannot be read. */
function mayScriptBuild(stage: Stage): boolean {
  const scripts = scriptsRunIn(stage).filter(({ instruction }) => instruction.name !== "RUN");
  return scripts.length === 0 || scripts.some(({ origin: { text } }) => NAMES_TOOLCHAIN.test(text));
}

const NAMES_TOOLCHAIN =
  /\b(?:go|cargo|rustc|mvnw?|gradlew?|ant|javac|jlink|native-image|kotlinc|dotnet|make|gcc|swift|sbt|nvcc)\b/;

/** A script may start anything of the image, for which `make` built a part only. */
function startsScript([first]: readonly string[][]): boolean {
  return /^(?:.*\/)?(?:(?:ba|da|a|z|k)?sh|python[\d.]*|perl|ruby)$|\.(?:sh|py|rb|pl)$/.test(first?.[0] ?? "");
}

function copiesSources(stage: Stage): boolean {
  for (const { instructions } of stagesDownFrom(stage))
    if (instructions.some((it) => it.name === "COPY" && takesContext(it))) return true;
  return false;
}

/** `java -jar app.jar`, `dotnet Api.dll`, or a program of another stage, and no RUN needs the compiler's image. */
function startsOnlyRuntime([first]: readonly string[][], stage: Stage): boolean {
  if (commandIn(stage, mayNeedToolchain)) return false;
  const [program = "", ...words] = first ?? [];
  if (/^(.*\/)?java$/.test(program)) return words.includes("-jar");
  if (program === "dotnet") return /\.dll$/.test(words[0] ?? "");
  const path = pathOfProgram(program, stage);
  const file = path === undefined ? undefined : stage.result.fileAt(path);
  return (
    file?.binary !== undefined &&
    file.writtenBy.name === "COPY" &&
    file.writtenBy.flags.some((it) => it.name === "from")
  );
}

/** So may a script that cannot be read. */
function mayNeedToolchain(command: Command, stage: Stage): boolean {
  const { program = "make", isScript } = calledBy(command);
  if (NEEDS_TOOLCHAIN.test(program)) return true;
  if (!isScript) return false;
  const script = scriptsRunIn(stage).find((it) => contains(command.span, it.span.start));
  return !script || NAMES_TOOLCHAIN.test(script.origin.text);
}

const NEEDS_TOOLCHAIN =
  /^(mvnw?|gradlew?|ant|javac|jar|jlink|jdeps|jdeprscan|native-image|kotlinc|dotnet|make|cmake|go|cargo|rustc|gcc|g\+\+|cc|sbt|lein|clojure|clj)$/;

/** The same vendor's image that only runs. */
function runtimeFixes({ base }: Stage): Fix[] {
  if (base.kind !== "image" || base.word.raw !== base.image.text || base.image.digest !== undefined)
    return [];
  const { name, tag } = base.image;
  const { span } = base.word;
  const next = runtimeImage(name, tag ?? "");
  if (next === undefined) return [];
  return [{ kind: "unsafe", title: `Use ${next}`, edits: [replace(span, next)] }];
}

function wordsOf({ form, words }: CommandSetting): string[] {
  const line = (text: string) => text.replace(/^exec\s+/, "").split(/\s+/);
  const [program = "", option, script] = words.map((it) => it.raw);
  if (form === "shell") return line(program);
  return option === "-c" && script !== undefined ? line(script) : words.map((it) => it.raw);
}

function weightOf(facts: ImageFacts | undefined): string {
  const { unpackedSize, compressedSize } = facts ?? {};
  if (unpackedSize !== undefined) return `, of ${Math.round(unpackedSize / 1e6)} MB`;
  return compressedSize === undefined ? "" : `, of ${Math.round(compressedSize / 1e6)} MB compressed`;
}
