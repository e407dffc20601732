import { resolvePath } from "../../model/stage/paths.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { isPlainPath } from "../knowledge/commands/plain-path.ts";
import { mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { isAskedFirst } from "../knowledge/shell/asked-first.ts";
import { readOptions } from "../knowledge/shell/shell-options.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { commandRule } from "../rule.ts";

export const directoryAlreadyThere = commandRule({
  id: "directory-already-there",
  title: "Directory that is made again",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`mkdir\` without \`-p\` of a path that certainly is in the image at that point: WORKDIR or COPY made it, a command above
      did, or the base image has it.`,
    why: source`
      \`mkdir\` ends with "File exists", and the build with it. WORKDIR and COPY make the directories that they name; with \`-p\` it does
      not matter.`,
    bad: source`
      FROM alpine:3.24
      WORKDIR /app
      RUN mkdir /app
                ^^^^ directory-already-there: /app is there already, and mkdir fails for that.`,
    good: source`
      FROM alpine:3.24
      WORKDIR /app`,
  },
  programs: ["mkdir"],

  check({ command, script, run, instruction, stage }, report) {
    if (instruction.name !== "RUN" || !script.complete || mayFail(command) || mayMountFiles(run)) return;
    const { options, operands } = readOptions(command.arguments, "m mode");
    if (!options.every((it) => /^(m|mode|v|verbose)$/.test(it.name))) return;
    const directory = directoryOfCommand(command, script, stage.before(run));
    if (directory === undefined) return;
    const state = stage.beforeCommand(command, run);
    for (const word of operands) {
      const written = word.literal?.replace(/(?<=.)\/+$/, "");
      const path =
        written !== undefined && isPlainPath(written) ? resolvePath(directory, written) : undefined;
      if (path === undefined) continue;
      const there = state.hasPath(path);
      if (there.is !== "yes") continue;
      const fails = failsRun(command, script, run, stage);
      if (!fails && isAskedFirst(command, script)) continue;
      const { name } = command;
      // A mode would be given to none that is there, and a file is no directory.
      const mends = options.length === 0 && state.fileAt(path)?.kind !== "file" && name && !run.exec;
      report(word.span, `${path} is there already, and mkdir fails for that.`, {
        related: there.because,
        severity: fails ? "error" : "warning",
        fixes: mends ? [{ kind: "safe", title: "Add -p", edits: [insert(name.span.end, " -p")] }] : [],
      });
      return;
    }
  },
});
