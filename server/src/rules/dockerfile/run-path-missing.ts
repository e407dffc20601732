import { resolvePath } from "../../model/stage/paths.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import { source } from "../../text/source.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { isPlainPath } from "../knowledge/commands/plain-path.ts";
import { copiesAnything } from "../knowledge/files/copies-anything.ts";
import { mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { instructionRule } from "../rule.ts";
import { copyFirst } from "../writing/copy-first.ts";

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
      Reports RUN with a program that is called by its path, such as \`./build.sh\` or \`scripts/setup\`, where that path is certainly not in
      the image at that point. Silent where something before it may have brought the file.`,
    why: source`
      The file is copied later, to another folder, or not at all, and the build ends with "not found" (status 127).`,
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
    if (!says(CALLED_BY_PATH, run) || mayMountFiles(run)) return;
    const script = stage.commandsOf(run);
    if (!script?.complete) return;
    const before = stage.before(run);
    const seen = new Set<string>();
    for (const command of script.commands) {
      const { name } = command;
      const written = name?.literal;
      if (!name || !written?.includes("/") || !isPlainPath(written)) continue;
      if (seen.has(written) || mayFail(command)) continue;
      seen.add(written);
      const directory = directoryOfCommand(command, script, before);
      const path = directory === undefined ? undefined : resolvePath(directory, written);
      if (directory === undefined || path === undefined || before.hasPath(path).is !== "no") continue;
      const state = run.exec ? before : stage.beforeCommand(command, run);
      const there = state.hasPath(path);
      if (there.is !== "no" || !copiesAnything(stage)) continue;
      const place = written.startsWith("/") ? "the image" : directory;
      report(name.span, `${written} is not in ${place} here.`, {
        related: there.because,
        severity: failsRun(command, script, run, stage) ? "error" : "warning",
        fixes: copyFirst(path, run, stage),
      });
    }
  },
});

/** A cheap question in front: most of what RUN calls is found by its name. */
const CALLED_BY_PATH = /(?:^|[\s;&|("'])(?:\.{0,2}\/)?[\w.-]+\//;
