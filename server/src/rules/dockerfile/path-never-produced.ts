import { notedOnModel } from "../../model/stage/dockerfile-model.ts";
import { baseName, below, directoryOf, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { KnownFile } from "../../model/stage/state.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { insert, replace } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { buildOutputs, isNeverBuilt } from "../knowledge/build-outputs.ts";
import { fewTimes } from "../knowledge/few-times.ts";
import { isOfficial } from "../knowledge/started-script.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";

export const pathNeverProduced = stageRule({
  id: "path-never-produced",
  title: "Path that the other stage never makes",
  severity: "error",
  tags: ["build"],
  aliases: ["S46", "copy-from-never-produced", "copy-from-empty-scratch-stage"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a source of \`COPY --from=stage\` that certainly is not in that stage: its base image does not have it and
      every command of the stage is understood; or that misses the only program which a stage of Go or Rust builds, by its
      name or by its folder; or that is another folder than the one which \`vite build\`, \`tsc\` and the like write, where nothing else
      builds. Silent as soon as another command might have made it.`,
    why: source`
      The build fails at the very end, after everything was compiled, with "not found".`,
    bad: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/server .
      FROM scratch
      COPY --from=builder /out/api /api
                          ^^^^^^^^ path-never-produced: Nothing in builder makes /out/api.`,
    good: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/server .
      FROM scratch
      COPY --from=builder /out/server /api`,
  },

  check(stage, report) {
    for (const copy of stage.instructions.filter((it) => it.name === "COPY")) {
      const reference = copy.flags.find((it) => it.name === "from")?.value;
      const other = reference === undefined ? undefined : stage.model.findStage(reference);
      if (!other || other === stage) continue;

      for (const word of copy.words.slice(0, -1)) {
        const path = sourcePath(word, copy, stage);
        const there = path === undefined ? undefined : other.result.hasPath(path);
        const program = path !== undefined && there?.is === "unknown" ? meantProgram(path, other) : undefined;
        if (path !== undefined && program) {
          report(word.span, `Nothing in ${other.name ?? `stage ${other.index}`} makes ${path}.`, {
            related: [
              { message: `The program is built to ${program.path} here.`, span: program.writtenBy.span },
            ],
            fixes: [
              ...releaseFix(path, program, other),
              { kind: "unsafe", title: `Copy ${program.path}`, edits: [replace(word.span, program.path)] },
            ],
          });
        }
        if (path !== undefined && there?.is === "unknown") checkBuilds(path, word, other, report);
        if (path === undefined || there?.is !== "no") continue;
        report(word.span, `Nothing in ${other.name ?? `stage ${other.index}`} makes ${path}.`, {
          related: there.because,
          fixes: isGuessed(stage.model) ? fixesOf(path, word, other) : [],
        });
      }
    }
  },
});

/** The folder of a project of Node that its build does not write, where all commands of the stage are understood. */
function checkBuilds(path: string, word: Word, other: Stage, report: Report): void {
  const outputs = isOfficial(other) ? buildOutputs(other) : undefined;
  if (!outputs || !isNeverBuilt(path, outputs, other)) return;
  for (const { instructions } of stagesDownFrom(other))
    if (instructions.some(({ flags }) => flags.some((it) => it.name === "from"))) return;
  const [only, ...more] = outputs;
  if (!only) return;
  const [top = "", ...rest] = below(path, only.project).split("/");
  const meant = more.length === 0 && top !== "" ? [only.path, ...rest].join("/") : undefined;
  const slash = word.raw.endsWith("/") ? "/" : "";
  report(word.span, `Nothing in ${other.name ?? `stage ${other.index}`} makes ${path}.`, {
    related: outputs.map((it) => ({ message: `${it.by} writes ${it.path} here.`, span: it.run.span })),
    fixes:
      meant === undefined
        ? []
        : [{ kind: "unsafe", title: `Copy ${meant}`, edits: [replace(word.span, meant + slash)] }],
  });
}

/**
 * The only program that the stage builds, where the path has its name in another folder or another name in its folder, and nothing
 * but the compiler and package managers runs.
 */
function meantProgram(path: string, stage: Stage): KnownFile | undefined {
  const programs = new Map(stage.result.files.flatMap((it) => (it.binary ? [[it.path, it] as const] : [])));
  const [program, ...more] = programs.values();
  if (!program || more.length > 0 || program.path === path || baseName(path).includes(".")) return undefined;
  const isBeside = directoryOf(program.path) === directoryOf(path);
  const isOfSameName = baseName(program.path) === baseName(path);
  if ((!isBeside && !isOfSameName) || !runsCompilerAlone(stage, baseName(path), isOfSameName))
    return undefined;
  const { context } = stage.model.inputs;
  // Sources of that name are copied, or a project has programs that were not seen.
  if (context?.exists(baseName(path)) !== "absent") return undefined;
  if (program.binary?.language === "rust" && context.exists("src/bin") !== "absent") return undefined;
  return program;
}

/** `target/release/…` is copied, and cargo builds without optimizing. */
function releaseFix(path: string, { path: built, writtenBy }: KnownFile, stage: Stage): Fix[] {
  if (path.replace("/release/", "/debug/") !== built || !path.includes("/release/")) return [];
  const commands = stage.commandsOf(writtenBy)?.commands ?? [];
  const verb = commands.find((it) => it.name?.literal === "cargo" && it.arguments[0]?.literal === "build")
    ?.arguments[0];
  return verb
    ? [{ kind: "unsafe", title: "Build with --release", edits: [insert(verb.span.end, " --release")] }]
    : [];
}

function runsCompilerAlone(stage: Stage, name: string, mayBeNamed: boolean): boolean {
  for (const it of stagesDownFrom(stage))
    for (const instruction of it.instructions) {
      if (
        /^(COPY|ADD)$/.test(instruction.name ?? "") &&
        instruction.flags.some((flag) => flag.name === "from")
      )
        return false;
      const script = instruction.name === "RUN" ? it.commandsOf(instruction) : undefined;
      if (instruction.name === "RUN" && (!script?.complete || script.commands.some((one) => !isQuiet(one))))
        return false;
      if (!mayBeNamed && instruction.name === "RUN" && instruction.body.text.includes(name)) return false;
    }
  return true;
}

/** Compiles, or brings packages. */
function isQuiet({ name, arguments: words }: Command): boolean {
  const [verb] = words;
  if (name?.literal === "go") return /^(build|install|mod|env|version|vet)$/.test(verb?.literal ?? "");
  if (name?.literal === "cargo") return /^(build|fetch)$/.test(verb?.literal ?? "");
  return /^(apk|apt-get|apt|rustup|set|mkdir|cd|export|update-ca-certificates|adduser|addgroup|useradd|rm|strip)$/.test(
    name?.literal ?? "",
  );
}

const isGuessed = fewTimes(notedOnModel, 50);

/** Relative sources of `--from` count from the root. Undefined for wildcards and variables that are not known. */
function sourcePath(word: Word, copy: Instruction, stage: Stage): string | undefined {
  const value = wordValue(word, copy, stage);
  return value && !/[*?[\\]/.test(value) ? resolvePath("/", value) : undefined;
}

function fixesOf(path: string, word: Word, other: Stage): Fix[] {
  const made = other.result.files.filter((it) => it.kind !== "directory");
  const sameName = made.filter((it) => baseName(it.path) === baseName(path));
  const binaries = made.filter((it) => it.binary !== undefined);
  const only = [sameName, binaries].find((it) => it.length === 1)?.[0]?.path;
  const meant =
    only ??
    nearestName(
      path,
      made.map((it) => it.path),
    );
  if (meant === undefined) return [];
  return [{ kind: "unsafe", title: `Copy ${meant}`, edits: [replace(word.span, meant)] }];
}
