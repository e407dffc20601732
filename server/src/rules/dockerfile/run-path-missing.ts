import { baseName, directoryOf, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { insertAbove } from "../writing/lines.ts";

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
      if (!name || !written?.includes("/") || !PLAIN.test(written)) continue;
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

/** A path in words that nothing expands. */
const PLAIN = /^(?:\.{0,2}\/)?(?:[\w.@+-]+\/)*[\w.@+-]+$/;

/** Where nothing is copied at all, the stage is only a sketch yet. */
function copiesAnything(stage: Stage): boolean {
  for (const { instructions } of stagesDownFrom(stage))
    if (instructions.some((it) => it.name === "COPY" || it.name === "ADD")) return true;
  return false;
}

/** A COPY of its own, where the file comes from the build context later on. */
function copyFirst(path: string, run: Instruction, stage: Stage): Fix[] {
  const from = originOf(path, stage)?.contextPath;
  if (from === undefined || !/^[\w./-]+$/.test(from) || baseName(from) !== baseName(path)) return [];
  const { workdir } = stage.before(run);
  const folder = directoryOf(path);
  const target = workdir.known && workdir.value === folder ? "./" : folder === "/" ? "/" : `${folder}/`;
  const edits = [insertAbove(stage.model.file, run, `COPY ${from} ${target}`)];
  return [{ kind: "unsafe", title: `Copy ${from} first`, edits }];
}
