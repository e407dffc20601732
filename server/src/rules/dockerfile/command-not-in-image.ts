import { isOwn } from "../../model/stage/holding-stage.ts";
import { baseName, isWithin, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { StartedWord } from "../../model/stage/started/started-word.ts";
import type { CommandSetting, StageState } from "../../model/stage/state.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { nearlyNamed } from "../knowledge/files/nearly-named.ts";
import { mayBeInVolume } from "../knowledge/files/volumes.ts";
import { imagesWith } from "../knowledge/stages/images-with.ts";
import { missingAssembly } from "../knowledge/started/dotnet-assembly.ts";
import { handedOver, isTakenForProgram } from "../knowledge/started/handed-over.ts";
import { writtenBy } from "../knowledge/started/missed-build.ts";
import { missingScript, unmadeScript } from "../knowledge/started/started-script.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";
import { plainWords } from "../writing/commands/exec-form.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";

export const commandNotInImage = stageRule({
  id: "command-not-in-image",
  title: "Container starts a file that is not in the image",
  severity: "error",
  tags: ["run"],
  aliases: ["S45", "cmd-path-not-in-image"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports an ENTRYPOINT, or a CMD without one, that starts a path which certainly is nowhere in the image: the base does not
      have it and every instruction is understood; and a script handed to node, python, ruby, php or \`java -jar\` that no COPY
      of a known context brings, or that a build of the project certainly makes elsewhere (\`build/\` where it is \`dist/\`,
      \`dist/main.js\` where the compiler writes \`dist/src/main.js\`); and
      \`dotnet X.dll\` where \`dotnet publish\` names the assembly otherwise. Silent below a VOLUME, in a working directory that holds nothing and in
      stages that hold no file of their own, where any program but a shell may be mounted, and where a stage built on this one brings it.`,
    why: source`
      The build succeeds and the container does not start: "no such file or directory".`,
    bad: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/server .
      FROM scratch
      COPY --from=builder /out/server /server
      ENTRYPOINT ["/sever"]
                  ^^^^^^^^ command-not-in-image: Nothing puts /sever into this image.`,
    good: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/server .
      FROM scratch
      COPY --from=builder /out/server /server
      ENTRYPOINT ["/server"]`,
  },

  check(stage, report) {
    const { result } = stage;
    checkScript(stage, report);
    const handed = handedOver(stage);
    for (const started of [startedBy(result), handed])
      if (started?.instruction && isOwn(started.instruction, stage))
        checkProgram(started, started.instruction, stage, report, started === handed);
  },
});

/** `isHanded`: an entrypoint in front of it may make something else of a name. */
function checkProgram(
  started: CommandSetting,
  instruction: Instruction,
  stage: Stage,
  report: Report,
  isHanded: boolean,
): void {
  const { result } = stage;
  const program = programOf(started, instruction, stage);
  const path = program && missingPath(program, result);
  if (program && path === undefined && !isHanded) tellSlip(program, stage, report);
  if (
    path === undefined ||
    !program ||
    (isHanded && started.form === "exec" && !isTakenForProgram(path, stage))
  )
    return;
  // Stages built on this one may bring the program, and start the same.
  const images = imagesWith(instruction, stage);
  if (images.some((it) => missingPath(program, it.result) === undefined)) return;
  report(program.span, `Nothing puts ${path} into this image.`, {
    related: result.hasPath(path).because,
    fixes: fixesOf(path, program, result),
  });
}

/** Of a folder that is copied the file may still come before the build, unless one of nearly its name is beside it. */
function tellSlip(program: Program, stage: Stage, report: Report): void {
  const { result } = stage;
  const path = resolvePath(result.workdir.known ? result.workdir.value : undefined, program.name);
  const there = path === undefined ? undefined : result.hasPath(path);
  if (path === undefined || !there?.asContextIs || mayBeInVolume(path, result)) return;
  const near = stage.isFinal ? nearlyNamed(path, there, result, stage) : undefined;
  if (near === undefined) return;
  const meant = program.name.slice(0, program.name.lastIndexOf("/") + 1) + near;
  report(program.span, `Nothing puts ${path} into this image${didYouMean(near)}`, {
    severity: "warning",
    related: there.because,
    fixes: [
      { kind: "unsafe", title: `Start ${meant}`, edits: [replace(program.span, program.write(meant))] },
    ],
  });
}

/** What an interpreter is to run. */
function checkScript(stage: Stage, report: Report): void {
  const missing = stage.isFinal ? (missingScript(stage) ?? missingAssembly(stage)) : undefined;
  if (!missing) {
    checkBuilt(stage, report);
    return;
  }
  const { word, path, near } = missing;
  if (!word?.instruction || path === undefined || !isOwn(word.instruction, stage)) return;
  report(word.span, `Nothing puts ${path} into this image.`, { fixes: startFix(word, near) });
}

function startFix({ span, written }: StartedWord, name: string | undefined): Fix[] {
  if (name === undefined || !/^[\w./-]+$/.test(name) || written === "elsewhere") return [];
  const text = written === "exec" ? JSON.stringify(name) : name;
  return [{ kind: "unsafe", title: `Start ${name}`, edits: [replace(span, text)] }];
}

/** What an interpreter is to run, where a build makes it elsewhere. */
function checkBuilt(stage: Stage, report: Report): void {
  const unmade = stage.isFinal ? unmadeScript(stage) : undefined;
  const { word, path, build, meant } = unmade ?? {};
  if (!word?.instruction || path === undefined || !build || !isOwn(word.instruction, stage)) return;
  const which = word.written === "elsewhere" ? ", which a script of package.json starts" : "";
  report(word.span, `Nothing puts ${path} into this image${which}.`, {
    related: [{ message: writtenBy(build, meant?.path), span: build.builtBy.span }],
    fixes: startFix(word, meant?.text),
  });
}

/** What the container starts first; undefined where that is not known. */
function startedBy({ entrypoint, command }: StageState): CommandSetting | undefined {
  if (!entrypoint.known) return undefined;
  if (entrypoint.value) return entrypoint.value;
  return command.known ? command.value : undefined;
}

interface Program {
  readonly name: string;
  readonly span: Span;
  /** As the instruction writes another path. */
  readonly write: (path: string) => string;
}

/** A program by its path: `/app`, `./app`, `bin/app`. A name alone is looked for on the PATH. */
function programOf(
  { form, words }: CommandSetting,
  instruction: Instruction,
  stage: Stage,
): Program | undefined {
  const [word] = words;
  if (form === "exec")
    return word?.raw.includes("/") && !word.raw.includes("$")
      ? { name: word.raw, span: word.span, write: (it) => JSON.stringify(it) }
      : undefined;
  const script = stage.scriptOf(instruction);
  const [name] = (script && plainWords(script)) ?? [];
  const span = script?.commands[0]?.name?.span;
  return name?.includes("/") && span ? { name, span, write: (it) => it } : undefined;
}

/** The program's path, where an image certainly does not have it and nothing is mounted there. */
function missingPath({ name }: Program, state: StageState): string | undefined {
  const path = resolvePath(state.workdir.known ? state.workdir.value : undefined, name);
  if (path === undefined || state.hasPath(path).is !== "no" || state.hasTool(path).is === "yes")
    return undefined;
  return mayBeMounted(path, state) ? undefined : path;
}

/**
 * May a volume or a bind mount bring it when the container starts? So it may be where the image holds nothing in the working
 * directory, as images for development do, unless the same name stands elsewhere: then it was put into the wrong place.
 */
function mayBeMounted(path: string, state: StageState): boolean {
  const { files, workdir } = state;
  if (mayBeInVolume(path, state)) return true;
  if (SHELL.test(path)) return false;
  const own = files.filter((it) => it.kind !== "directory").map((it) => it.path);
  if (own.length === 0) return true;
  const folder = workdir.known ? workdir.value : "/";
  return (
    folder !== "/" &&
    isWithin(path, folder) &&
    !own.some((it) => isWithin(it, folder) || baseName(it) === baseName(path))
  );
}

/** Shells of the system, which nobody mounts. */
const SHELL = /^(?:\/usr)?\/bin\/(?:a|ba|da|z)?sh$/;

function fixesOf(path: string, program: Program, { files }: StageState): Fix[] {
  const there = files.filter((it) => it.kind !== "directory").map((it) => it.path);
  const sameName = there.filter((it) => baseName(it) === baseName(path));
  const binaries = files.filter((it) => it.binary !== undefined).map((it) => it.path);
  const [meant] = sameName.length === 1 ? sameName : binaries.length === 1 ? binaries : [];
  const near = meant ?? nearestName(path, there);
  if (near === undefined || !/^[\w./-]+$/.test(near)) return [];
  return [{ kind: "unsafe", title: `Start ${near}`, edits: [replace(program.span, program.write(near))] }];
}
