import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script, ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { pathsNeeded } from "../knowledge/commands/paths-needed.ts";
import { isPlainPath } from "../knowledge/commands/plain-path.ts";
import { copiesAnything } from "../knowledge/files/copies-anything.ts";
import { nearlyNamed } from "../knowledge/files/nearly-named.ts";
import { mayBeInVolume } from "../knowledge/files/volumes.ts";
import { mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { isAskedFirst } from "../knowledge/shell/asked-first.ts";
import { withEnvironment } from "../knowledge/shell/with-environment.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { instructionRule, type Report } from "../rule.ts";
import { copyFirst } from "../writing/dockerfile/copy-first.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { replaceLastPart } from "../writing/suggestions/replace-last-part.ts";

export const runPathMissing = instructionRule({
  id: "run-path-missing",
  title: "RUN of a file that is not there",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports RUN with a path that is certainly not in the image at that point: of a program that is called by it (\`./build.sh\`), or of
      what \`chmod\`, \`cp\`, \`mv\`, \`rm\`, \`cat\`, \`sed\`, \`tar -x\`, \`cd\` and the like cannot do without. Silent where something
      before it may have brought the file. One that a COPY of a folder would bring, were it in the build context, counts where a file of nearly
      the same name is beside it.`,
    why: source`
      The file is copied later, to another folder, or not at all, or has another name there, and the build ends with "not found" or
      "No such file or directory".`,
    bad: source`
      FROM debian:trixie-slim
      WORKDIR /app
      COPY src ./src
      RUN ./build.sh
          ^^^^^^^^^^ run-path-missing: ./build.sh is not in /app here.`,
    good: source`
      FROM debian:trixie-slim
      WORKDIR /app
      COPY src ./src
      COPY build.sh ./
      RUN ./build.sh`,
    context: { "build.sh": "#!/bin/sh\n", "src/main.c": "" },
  },
  instructions: ["RUN"],

  check(run, stage, report) {
    const script = stage.commandsOf(run);
    if (!script?.complete || mayMountFiles(run)) return;
    const seen = new Set<string>();
    for (const command of script.commands) {
      if (mayFail(command)) continue;
      const filled = withEnvironment(command, script, run, stage);
      const { name } = filled;
      if (name?.literal?.includes("/") && isPlainPath(name.literal))
        lookFor(name, { command, script, run, stage, seen }, report);
      for (const word of pathsNeeded(filled)) lookFor(word, { command, script, run, stage, seen }, report);
    }
  },
});

interface Call {
  readonly command: Command;
  readonly script: Script;
  readonly run: Instruction;
  readonly stage: Stage;
  /** What this RUN was already asked about: the first use tells it all. */
  readonly seen: Set<string>;
}

function lookFor(word: ShellWord, { command, script, run, stage, seen }: Call, report: Report): void {
  const written = word.literal;
  if (written === undefined || seen.has(written)) return;
  seen.add(written);
  const before = stage.before(run);
  const directory = directoryOfCommand(command, script, before);
  const path = directory === undefined ? undefined : resolvePath(directory, written);
  if (directory === undefined || path === undefined) return;
  const first = before.hasPath(path);
  if (first.is !== "no" && !first.asContextIs) return;
  const state = stage.beforeCommand(command, run);
  const there = state.hasPath(path);
  const meant = nearlyNamed(path, there, state, stage);
  // Where nothing is copied at all, the stage is only a sketch yet.
  if ((there.is !== "no" && meant === undefined) || !copiesAnything(stage) || mayBeInVolume(path, before))
    return;
  const fails = failsRun(command, script, run, stage);
  if (!fails && (isAskedFirst(command, script) || LOOKING.has(command.name?.literal ?? ""))) return;
  const place = written.startsWith("/") ? "the image" : directory;
  const program = word.span === command.name?.span ? undefined : command.name?.literal;
  const needed = program === undefined ? `${written} is` : `${program} needs ${written}, which is`;
  report(word.span, `${needed} not in ${place} here${didYouMean(meant)}`, {
    related: there.because,
    severity: fails && meant === undefined ? "error" : "warning",
    fixes: meant === undefined ? copyFirst(path, run, stage) : replaceLastPart(word, meant),
  });
}

/** Who goes on behind these may only have wanted to look. */
const LOOKING: ReadonlySet<string> = new Set([
  "ls",
  "find",
  "stat",
  "du",
  "cat",
  "head",
  "tail",
  "ldd",
  "wc",
]);
