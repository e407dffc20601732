import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script, ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { type DirectoryWritten, directoriesWritten } from "../knowledge/commands/places-written.ts";
import { mayBeInVolume } from "../knowledge/files/volumes.ts";
import { mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { isAskedFirst } from "../knowledge/shell/asked-first.ts";
import { withEnvironment } from "../knowledge/shell/with-environment.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { prependCommand } from "../writing/commands/append-command.ts";

export const runDirectoryMissing = instructionRule({
  id: "run-directory-missing",
  title: "RUN writes to a directory that is not there",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a command of RUN that writes below a directory which certainly is not in the image at that point: \`touch\`, \`mkdir\` without
      \`-p\`, \`cp\`, \`mv\`, \`ln\`, \`tee\`, \`curl -o\`, \`wget -O\`, \`gpg -o\`, \`openssl -out\` and output that goes to a file. Silent
      where something before it may have made the directory.`,
    why: source`
      None of them makes the directories above what it writes. The build ends with "No such file or directory", though the file that it
      speaks of is the one to be made.`,
    bad: source`
      FROM alpine:3.24
      RUN echo "listen 8080" > /app/conf/server.conf
                               ^^^^^^^^^^^^^^^^^^^^^ run-directory-missing: Nothing has made /app/conf, where the output goes.`,
    good: source`
      FROM alpine:3.24
      RUN mkdir -p /app/conf && echo "listen 8080" > /app/conf/server.conf`,
  },
  instructions: ["RUN"],

  check(run, stage, report) {
    const script = stage.commandsOf(run);
    if (!script?.complete || mayMountFiles(run)) return;
    const before = stage.before(run);
    const seen = new Set<string>();
    for (const command of script.commands) {
      if (mayFail(command)) continue;
      for (const written of directoriesWritten(withEnvironment(command, script, run, stage))) {
        const { directory, program, word, ifFile } = written;
        if (seen.has(directory) || (ifFile && !isFile(ifFile, { command, script, run, stage }))) continue;
        seen.add(directory);
        const from = directoryOfCommand(command, script, before);
        const path = from === undefined ? undefined : resolvePath(from, directory);
        if (path === undefined || before.hasPath(path).is !== "no") continue;
        const state = stage.beforeCommand(command, run);
        const there = state.hasPath(path);
        if (there.is !== "no" || mayBeInVolume(path, before)) continue;
        const fails = failsRun(command, script, run, stage);
        if (!fails && isAskedFirst(command, script)) continue;
        const goes = program === undefined ? "where the output goes" : `where ${program} writes`;
        report(word.span, `Nothing has made ${path}, ${goes}.`, {
          related: there.because,
          severity: fails ? "error" : "warning",
          fixes: () => madeFirst(written, { command, script, run, stage }),
        });
      }
    }
  },
});

interface Call {
  readonly command: Command;
  readonly script: Script;
  readonly run: Instruction;
  readonly stage: Stage;
}

function isFile({ literal }: ShellWord, { command, script, run, stage }: Call): boolean {
  const state = stage.beforeCommand(command, run);
  const from = directoryOfCommand(command, script, stage.before(run));
  const path = from === undefined || literal === undefined ? undefined : resolvePath(from, literal);
  return path !== undefined && state.fileAt(path)?.kind === "file";
}

function madeFirst({ directory }: DirectoryWritten, call: Call): readonly Fix[] {
  const { script, run, stage } = call;
  const { user } = stage.before(run);
  // Others may not make one everywhere.
  if (!user.known || !user.value.isRoot) return [];
  const mkdir = `mkdir -p ${directory}`;
  const edit = prependCommand(mkdir, startOfPipe(call), script, run, stage);
  return edit ? [{ kind: "unsafe", title: `Make ${directory} first`, edits: [edit] }] : [];
}

/** What is written behind a pipe has its directory made in front of the pipe. */
function startOfPipe({ command, script: { commands } }: Call): Command {
  let at = commands.indexOf(command);
  while (at > 0 && commands[at]?.after === "|") at--;
  return commands[at] ?? command;
}
