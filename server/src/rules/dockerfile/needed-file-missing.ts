import { joinPath, prefixesOf, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { StageState } from "../../model/stage/state.ts";
import { isObject, readJsonObject } from "../../text/json.ts";
import { source } from "../../text/source.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { copiesAnything } from "../knowledge/files/copies-anything.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { nearlyNamed } from "../knowledge/files/nearly-named.ts";
import { lockedInstall } from "../knowledge/packages/needs/lock-files.ts";
import type { NeededFile } from "../knowledge/packages/needs/needed-file.ts";
import { neededFiles } from "../knowledge/packages/needs/needed-files.ts";
import { mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Report } from "../rule.ts";
import { copyFirst } from "../writing/dockerfile/copy-first.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { replaceLastPart } from "../writing/suggestions/replace-last-part.ts";

export const neededFileMissing = commandRule({
  id: "needed-file-missing",
  title: "Command that comes before the file which it reads",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports RUN with an install, a build or a script whose file is certainly not in the image at that point: the requirements file
      of \`pip install -r\`, the package.json of \`npm run\`, go.mod, Cargo.toml, pom.xml, a Gemfile, composer.json, a Makefile,
      a project of .NET, \`python setup.py\`, \`sh build.sh\`, the schema of \`prisma generate\`. Silent where the command, or something before it, may bring the file.`,
    why: source`
      WORKDIR only makes an empty folder: what is not copied yet is not there. The build ends with "Could not open requirements file",
      "no such file or directory" or "cannot find main module". \`npm install\` is worse: without package.json it installs nothing and
      says that all is well, and the container ends with "Cannot find module".`,
    context: { "requirements.txt": "flask==3.1\n", "app.py": "" },
    bad: source`
      FROM python:3.14-slim
      WORKDIR /app
      RUN pip install --no-cache-dir -r requirements.txt
                                        ^^^^^^^^^^^^^^^^ needed-file-missing: pip install -r needs requirements.txt, which is not in /app here.
      COPY . .`,
    good: source`
      FROM python:3.14-slim
      WORKDIR /app
      COPY requirements.txt ./
      RUN pip install --no-cache-dir -r requirements.txt
      COPY . .`,
  },
  programs: [
    ..."ash bash bun bundle bunx cargo composer dotnet go gradle gradlew make mix mvn mvnw node npm npx perl php pip pip3 pnpm poetry prisma".split(
      " ",
    ),
    ..."python python3 ruby sh uv yarn".split(" "),
  ],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    if (instruction.name !== "RUN" || !script.complete || mayFail(command)) return;
    const needed = neededFiles(command);
    if (needed.length === 0 || mayMountFiles(run)) return;
    const before = stage.before(instruction);
    const directory = directoryOfCommand(command, script, before);
    if (directory === undefined) return;
    for (const it of needed) {
      // Most is there.
      if (!lacks(it, directory, before)) {
        if (tellSlip(it, directory, call, report)) return;
        continue;
      }
      const state = stage.beforeCommand(command, run);
      if (!lacks(it, directory, state) || isSaidOtherwise(it, directory, call)) continue;
      const [file] = it.files;
      const path = resolvePath(directory, file);
      const place = file.startsWith("/") ? "the image" : directory;
      const message =
        it.without === "idle"
          ? `${it.command} finds no ${file} in ${place} here, and installs nothing.`
          : `${it.command} needs ${file}, which is not in ${place} here.`;
      report(it.word?.span ?? command.span, message, {
        related: state.hasPath(path ?? directory).because,
        severity: it.without === "stops" && failsRun(command, script, run, stage) ? "error" : "warning",
        fixes: path === undefined || !it.isAll ? [] : copyFirst(path, run, stage, it.beside),
      });
      return;
    }
  },
});

/** A file that the command names, and beside which one of nearly that name is. */
function tellSlip(
  { command: program, files, word }: NeededFile,
  directory: string,
  { command, run, stage }: CommandCall,
  report: Report,
): boolean {
  const [file, ...others] = files;
  const path = word && others.length === 0 ? resolvePath(directory, file) : undefined;
  if (!word || path === undefined || !stage.before(run).hasPath(path).asContextIs) return false;
  const state = stage.beforeCommand(command, run);
  const there = state.hasPath(path);
  const meant = nearlyNamed(path, there, state, stage);
  if (meant === undefined) return false;
  const place = file.startsWith("/") ? "the image" : directory;
  report(word.span, `${program} needs ${file}, which is not in ${place} here${didYouMean(meant)}`, {
    related: there.because,
    severity: "warning",
    fixes: replaceLastPart(word, meant),
  });
  return true;
}

/** Is none of the files in the directory, nor in one above where those count too? */
function lacks({ files, above }: NeededFile, directory: string, state: StageState): boolean {
  const folders = above ? prefixesOf(directory) : [directory];
  return folders.every((folder) =>
    files.every((it) => {
      const path = resolvePath(folder, it);
      return path !== undefined && state.hasPath(path).is === "no";
    }),
  );
}

/** What another rule tells, and what is no mistake. */
function isSaidOtherwise(needed: NeededFile, directory: string, { command, stage }: CallOfStage): boolean {
  if (needed.files.includes("prisma/schema.prisma") && hasOwnSchema(directory, stage)) return true;
  const locked = lockedInstall(command, () => "unknown");
  if (locked && !locked.manifest) return true;
  // Where nothing is copied at all, and no file named, the stage is only a sketch yet.
  if (!needed.word && !copiesAnything(stage)) return true;
  const [file] = needed.files;
  // Without a package.json that comes later nobody misses it.
  if (needed.without === "idle" && stage.result.hasPath(joinPath(directory, file)).is !== "yes") return true;
  return false;
}

/** May package.json say where the schema is? */
function hasOwnSchema(directory: string, stage: Stage): boolean {
  const text = originOf(joinPath(directory, "package.json"), stage)?.text;
  return text === undefined || isObject(readJsonObject(text)?.["prisma"]);
}

type CallOfStage = Pick<CommandCall, "command" | "stage">;
