import type { BuildContext, IgnoredBy } from "../../model/context/build-context.ts";
import { targetFolder } from "../../model/stage/copy-target.ts";
import { below, isWithin, joinPath, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { StageState } from "../../model/stage/state.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { isPlainPath } from "../knowledge/commands/plain-path.ts";
import { contextSources } from "../knowledge/files/context-sources.ts";
import { neededFiles } from "../knowledge/packages/needs/needed-files.ts";
import { mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { mayFail } from "../knowledge/stages/build-failure.ts";
import { stageWith } from "../knowledge/stages/stage-with.ts";
import { startedSettings } from "../knowledge/started/handed-over.ts";
import { type Report, stageRule } from "../rule.ts";
import { letIn } from "../writing/ignore/ignore-file.ts";

export const usedFileIgnored = stageRule({
  id: "used-file-ignored",
  title: "File that the image uses, kept out by the ignore file",
  severity: "error",
  tags: ["build", "run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a script, program, jar or requirements file that RUN, CMD or ENTRYPOINT names by its path, and that a COPY of its folder
      would bring, had the ignore file not kept it out of the build context.`,
    why: source`
      \`COPY . .\` says nothing about what it leaves out, so the build, or the container, ends with "not found" although the file is in
      the project. An exception in the ignore file lets it in.`,
    context: { ".dockerignore": "docker/\n", "docker/start.sh": "#!/bin/sh\n", "api.py": "" },
    bad: source`
      FROM python:3.14-slim
      WORKDIR /app
      COPY . .
      CMD ["./docker/start.sh"]
           ^^^^^^^^^^^^^^^^^^^ used-file-ignored: The ignore file keeps docker/start.sh out of the build with the pattern docker/.`,
    good: source`
      FROM python:3.14-slim
      WORKDIR /app
      COPY . .
      CMD ["python", "api.py"]`,
  },

  check(stage, report) {
    const { context } = stage.model.inputs;
    if (context?.ignoreFile.kind !== "read") return;
    const copied = copiedFolders(stage, context);
    if (copied.length === 0) return;
    for (const run of stage.instructions) {
      if (run.name !== "RUN" || mayMountFiles(run)) continue;
      checkCommands({ instruction: run, holder: stage, state: stage.before(run) }, copied, context, report);
    }
    if (!stage.isFinal) return;
    for (const { instruction } of startedSettings(stage)) {
      const holder = instruction && stageWith(instruction, stage);
      if (instruction && holder)
        checkCommands({ instruction, holder, state: stage.result }, copied, context, report);
    }
  },
});

/** A folder of the build context and where a COPY puts what is in it. */
interface CopiedFolder {
  /** Relative to the context, empty for the whole of it. */
  readonly from: string;
  readonly to: string;
}

/** Of a stage and those that it is built on, the nearest first. */
function copiedFolders(stage: Stage, context: BuildContext): readonly CopiedFolder[] {
  const found: CopiedFolder[] = [];
  for (const holder of stagesDownFrom(stage)) {
    for (const copy of holder.instructions.toReversed()) {
      if (copy.name !== "COPY" && copy.name !== "ADD") continue;
      for (const { path, isPattern } of contextSources(copy, holder)) {
        const isFolder = !isPattern && (path === "" || context.exists(path) === "directory");
        const to = isFolder ? targetFolder(copy, holder) : undefined;
        if (to !== undefined) found.push({ from: path, to });
        if (found.length === MOST_FOLDERS) return found;
      }
    }
  }
  return found;
}

/** More than anybody copies; each costs a look for each file that is used. */
const MOST_FOLDERS = 20;

interface Place {
  readonly instruction: Instruction;
  /** The stage in which it stands. */
  readonly holder: Stage;
  /** What the image is when its commands begin. */
  readonly state: StageState;
}

function checkCommands(
  { instruction, holder, state }: Place,
  copied: readonly CopiedFolder[],
  context: BuildContext,
  report: Report,
): void {
  const script = holder.commandsOf(instruction);
  if (!script?.complete) return;
  for (const command of script.commands) {
    const used = mayFail(command) ? undefined : usedFile(command);
    const folder = used && directoryOfCommand(command, script, state);
    const path = used && resolvePath(folder, used.path);
    const kept = path === undefined ? undefined : keptOut(path, copied, context);
    if (!used || path === undefined || !kept || !isLacking(path, state)) continue;
    if (
      instruction.name === "RUN" &&
      !instruction.exec &&
      !isLacking(path, holder.beforeCommand(command, instruction))
    )
      continue;
    const { file, by } = kept;
    const fix = letIn(context, file, [file]);
    report(used.span, `The ignore file keeps ${file} out of the build with the pattern ${by.pattern}.`, {
      related: [{ message: `The pattern ${by.pattern}.`, file: by.file, span: by.span }],
      severity: context.ignoreFile.own || context.origin === "given" ? "error" : "warning",
      fixes: fix ? [fix] : [],
    });
  }
}

/** Nothing in the image has it, and nothing but the context could have brought it. */
function isLacking(path: string, state: StageState): boolean {
  const there = state.hasPath(path);
  return there.is === "no" || there.asContextIs !== undefined;
}

interface UsedFile {
  readonly path: string;
  readonly span: Span;
}

/** `./start.sh`, `python api.py`, `java -jar target/api.jar`. */
function usedFile(command: Command): UsedFile | undefined {
  const { name, arguments: words } = command;
  const program = name?.literal;
  if (!name || program === undefined) return undefined;
  if (program.includes("/") && isPlainPath(program)) return { path: program, span: name.span };
  if (program === "java") {
    const jar = words[words.findIndex((it) => it.literal === "-jar") + 1];
    const path = jar?.literal;
    return jar && path?.endsWith(".jar") && isPlainPath(path) ? { path, span: jar.span } : undefined;
  }
  const [needed] = neededFiles(command).filter((it) => it.word);
  return needed?.word && { path: needed.files[0], span: needed.word.span };
}

/** The file of the context that would be at this path, and the pattern that keeps it out. */
function keptOut(
  path: string,
  copied: readonly CopiedFolder[],
  context: BuildContext,
): { readonly file: string; readonly by: IgnoredBy } | undefined {
  for (const { from, to } of copied) {
    if (!isWithin(path, to) || path === to) continue;
    const file = joinPath(`/${from}`, below(path, to)).slice(1);
    if (context.exists(file) !== "file") continue;
    const ignored = context.isIgnored(file);
    return ignored.is === "yes" && ignored.by ? { file, by: ignored.by } : undefined;
  }
  return undefined;
}
