import { notedOnModel } from "../../model/stage/dockerfile-model.ts";
import { baseName, below, directoryOf, isWithin, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { stageCopiedFrom } from "../../model/stage/stage-sources.ts";
import type { KnownFile, ProjectBuild, StageState } from "../../model/stage/state.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import { readHead } from "../../syntax/dockerfile/here-documents.ts";
import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import { saysText } from "../../syntax/dockerfile/says.ts";
import type { Flag, Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { insert, replace } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { setsUpSystem } from "../knowledge/commands/system-setup.ts";
import { fewTimes } from "../knowledge/stages/few-times.ts";
import { missedBuild, writtenBy } from "../knowledge/started/missed-build.ts";
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
      every command of the stage is understood; that a RUN left in a cache mount; that misses the programs which a stage of Go or Rust builds, by their
      names or by their folder; or that misses the output of Vite, Angular, Next.js, TypeScript, webpack, Maven, Gradle, .NET,
      Swift, Elixir and the like, where the project's files are in the build context and say where that is. Scripts of
      package.json are read, in all projects that npm, yarn, pnpm, Turborepo, Lerna or Nx run them in. Silent as soon as another
      command might have made it, and where a configuration works it out.`,
    why: source`
      The build fails at the very end, after everything was compiled, with "not found". A pattern such as \`*.jar\` copies
      nothing instead, and the container does not start.`,
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
    for (const run of stage.instructions) if (run.name === "RUN") checkMounts(run, stage, report);
    for (const copy of stage.instructions) {
      const other = stageCopiedFrom(copy, stage);
      if (!other || other === stage) continue;

      for (const word of copy.words.slice(0, -1)) {
        const source = sourcePath(word, copy, stage);
        if (!source) continue;
        const { path, text } = source;
        const there = other.result.hasPath(path);
        const message = `Nothing in ${other.name ?? `stage ${other.index}`} makes ${text}.`;
        const programs = there.is === "unknown" && path === text ? meantPrograms(path, other) : [];
        const [program] = programs;
        const build = there.is === "yes" ? undefined : missedBuild(path, other.result.builds, text);
        const meant = build && meantOutput(path, text, other.result.builds);
        const wrote = build && {
          message: writtenBy(build, meant),
          span: build.builtBy.span,
        };
        const buildFixes = meant === undefined ? [] : [copyFix(meant, word)];
        const jar = path === text ? undefined : unmatchedJar(text, other.result);
        const mount = there.is === "unknown" && there.asContextIs ? cacheMountOver(path, other) : undefined;
        if (mount) {
          report(word.span, `${text} is in a cache mount, which is gone when its RUN ends.`, {
            related: [{ message: "It is mounted here.", span: mount.span }],
          });
        } else if (jar) {
          report(word.span, message, {
            related: [{ message: `${jar.program} makes ${jar.made} here.`, span: jar.builtBy.span }],
            fixes: [copyFix(jar.made, word)],
          });
        } else if (program) {
          report(word.span, message, {
            related: programs.map((it) => ({
              message: `${programs.length > 1 ? "A" : "The"} program is built to ${it.path} here.`,
              span: it.writtenBy.span,
            })),
            fixes: [
              ...releaseFix(text, program, other),
              ...(programs.length > 1 ? [] : [copyFix(program.path, word)]),
            ],
          });
        } else if (there.is === "no") {
          const guessed = isGuessed(stage.model) ? fixesOf(text, word, other) : [];
          const fixes = guessed.length === 0 || meant !== undefined ? buildFixes : guessed;
          report(word.span, message, { related: [...there.because, ...(wrote ? [wrote] : [])], fixes });
        } else if (there.asContextIs && build && wrote && isBelow(build.directory, path, other.result))
          report(word.span, message, { related: [wrote, ...there.because], fixes: buildFixes });
      }
    }
  },
});

/** `RUN --mount=type=bind,from=build,source=/out`: the build ends where it is not there. */
function checkMounts(instruction: Instruction, stage: Stage, report: Report): void {
  for (const { type, from, source } of mountsOf(instruction)) {
    const { value, valueSpan } = source ?? {};
    if (type !== "bind" || from?.value === undefined || !valueSpan) continue;
    const path = value === undefined || /[$\\]/.test(value) ? undefined : resolvePath("/", value);
    const other = path === undefined ? undefined : stage.model.findStage(from.value, stage);
    if (path === undefined || !other || other === stage) continue;
    const there = other.result.hasPath(path);
    if (there.is !== "no") continue;
    report(valueSpan, `Nothing in ${other.name ?? `stage ${other.index}`} makes ${path}.`, {
      related: there.because,
    });
  }
}

/** The cache mount of a RUN that holds a path. */
function cacheMountOver(path: string, stage: Stage): Flag | undefined {
  for (const { instructions } of stagesDownFrom(stage))
    for (const run of instructions)
      for (const { flag, type, target } of mountsOf(run)) {
        if (type !== "cache" || target?.value === undefined) continue;
        const { workdir } = stage.before(run);
        const at = resolvePath(workdir.known ? workdir.value : undefined, target.value);
        if (at !== undefined && path !== at && isWithin(path, at)) return flag;
      }
  return undefined;
}

/**
 * The programs of which one must be meant: the one that the stage builds under the path's name in another folder, or those that it
 * builds in its folder under other names, where nothing but the compiler and package managers runs.
 */
function meantPrograms(path: string, stage: Stage): readonly KnownFile[] {
  const { builds, files } = stage.result;
  const outputs = new Set(builds.flatMap((it) => it.outputs));
  const programs = new Map(
    files.flatMap((it) =>
      it.binary || (it.kind === "file" && outputs.has(it.path)) ? [[it.path, it] as const] : [],
    ),
  );
  if (programs.size === 0 || programs.size > MOST_PROGRAMS || programs.has(path)) return [];
  if (baseName(path).includes(".")) return [];
  const named = [...programs.values()].filter((it) => baseName(it.path) === baseName(path));
  const beside = [...programs.values()].filter((it) => directoryOf(it.path) === directoryOf(path));
  const meant = named.length > 0 ? named : beside;
  if (named.length === 0 && meant.some((it) => it.binary?.mayHaveOthers)) return [];
  if (meant.length === 0 || !runsCompilerAlone(stage, baseName(path), named.length > 0)) return [];
  const { context } = stage.model.inputs;
  // Sources of that name are copied, or a project has programs that were not seen.
  if (context?.exists(baseName(path)) !== "absent") return [];
  const isOpen = (it: KnownFile) => it.binary?.language === "rust" && it.binary.mayHaveOthers === undefined;
  if (meant.some(isOpen) && context.exists("src/bin") !== "absent") return [];
  return meant;
}

/** A stage that builds more is no common one. */
const MOST_PROGRAMS = 20;

function copyFix(path: string, word: Word): Fix {
  return { kind: "unsafe", title: `Copy ${path}`, edits: [replace(word.span, path)] };
}

/** Does a project lie where the path would: in the nearest folder that is there? What lies beside it may be made before the build. */
function isBelow(project: string, path: string, state: StageState): boolean {
  if (isWithin(path, project)) return true;
  let folder = directoryOf(path);
  while (folder !== "/" && state.hasPath(folder).is !== "yes") folder = directoryOf(folder);
  return folder !== "/" && isWithin(project, folder);
}

/**
 * The whole of what was built, where it is one directory or file and the whole of another was copied: of several projects that of the
 * path's own, or the one whose folder has the path's name.
 */
function meantOutput(path: string, text: string, builds: readonly ProjectBuild[]): string | undefined {
  const own = builds.filter((it) => isWithin(path, it.directory) && it.directory !== directoryOf(path));
  const nearest = own.length > 0 ? own : builds;
  const made = nearest.flatMap((it) => [...it.outputs, ...(it.files ?? [])]);
  const [alike, ...others] = new Set(made.filter((it) => baseName(it) === baseName(text)));
  if (alike !== undefined && others.length === 0 && !isWithin(text, alike)) return alike;
  const outputs = new Set(nearest.flatMap((it) => wholeOutput(text, it) ?? []));
  const folder = text.split("/").slice(-2, -1)[0] ?? "";
  const named = [...outputs].filter((it) => outputs.size === 1 || it.split("/").includes(folder));
  const files = nearest.flatMap((it) => it.files ?? []);
  const [only = "", ...more] = new Set(files);
  const isProgram = !baseName(text).includes(".") && !baseName(only).includes(".") && more.length === 0;
  return named.length === 1
    ? named[0]
    : isProgram && directoryOf(only) === directoryOf(text)
      ? only
      : undefined;
}

function wholeOutput(path: string, { directory, outputs }: ProjectBuild): string | undefined {
  const [output, ...more] = outputs;
  if (output === undefined || more.length > 0 || isWithin(path, output)) return undefined;
  const isFile = (it: string) => /\.(jar|war)$/.test(it);
  if (isFile(path) !== isFile(output) || !isWithin(output, directory)) return undefined;
  const depth = (it: string) => below(it, directory).split("/").length;
  const isWhole =
    isFile(path) ||
    (/\/(dist|build|out|output|publish|_build)(\/|$)/.test(path) &&
      (!isWithin(path, directory) || depth(path) === depth(output)));
  return isWhole ? output : undefined;
}

/** `target/*-runner.jar` where the one jar that is made there certainly has another name. */
function unmatchedJar(
  text: string,
  state: StageState,
): (ProjectBuild & { readonly made: string }) | undefined {
  const [, ending] = /^\*([\w.-]+\.jar)$/.exec(baseName(text)) ?? [];
  const build = state.builds.findLast((it) =>
    it.outputs.some((one) => directoryOf(one) === directoryOf(text)),
  );
  const [made, ...more] = build?.outputs ?? [];
  if (!build || ending === undefined || ending === ".jar" || made === undefined || more.length > 0)
    return undefined;
  if (!made.endsWith(".jar") || made.endsWith(ending)) return undefined;
  const there = state.hasPath(made.replace(/\.jar$/, ending));
  return there.is === "no" || there.asContextIs ? { ...build, made } : undefined;
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
      if (!mayBeNamed && instruction.name === "RUN" && saysText(name, instruction)) return false;
    }
  return true;
}

/** Compiles, or brings packages. */
function isQuiet(command: Command): boolean {
  const {
    name,
    arguments: [verb],
  } = command;
  const program = name?.literal ?? "";
  const verbs = QUIET.get(program);
  if (verbs) return verbs.test(verb?.literal ?? "");
  return setsUpSystem(command) || /^(rustup|mkdir|cd|rm|strip)$/.test(program);
}

const QUIET: ReadonlyMap<string, RegExp> = new Map([
  ["go", /^(build|install|mod|env|version|vet)$/],
  ["cargo", /^(build|fetch|install|chef)$/],
  ["deno", /^(compile|cache|install|check)$/],
  ["bun", /^(build|install|i|ci|add)$/],
  ["dart", /^(pub|compile)$/],
  ["pip", /^install$/],
  ["pip3", /^install$/],
  ["pyinstaller", /^/],
]);

const isGuessed = fewTimes(notedOnModel, 50);

/** What a source names: with a pattern the folder that must be there. */
interface SourcePath {
  readonly path: string;
  readonly text: string;
}

/**
 * Relative sources of `--from` count from the root. Undefined for variables that are not known, and for patterns beside other sources:
 * such a COPY takes what is there.
 */
function sourcePath(word: Word, copy: Instruction, stage: Stage): SourcePath | undefined {
  // A here-document is written, wherever the others come from.
  const value = readHead(word.raw) ? undefined : wordValue(word, copy, stage);
  const at = value?.search(/[*?[]/) ?? -1;
  if (value === undefined || value.includes("\\") || (at >= 0 && copy.words.length > 2)) return undefined;
  const text = resolvePath("/", value);
  const path = at < 0 ? text : resolvePath("/", value.slice(0, value.lastIndexOf("/", at) + 1));
  return text === undefined || path === undefined ? undefined : { path, text };
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
