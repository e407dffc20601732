import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { contextSources } from "../knowledge/files/context-sources.ts";
import { dockerfileRule } from "../rule.ts";

export const ignoreFileUnreadable = dockerfileRule({
  id: "ignore-file-unreadable",
  title: "Ignore file that Docker refuses",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports, at the first COPY of the build context, an ignore file with a pattern that Docker refuses, or one that
      cannot be read; then nothing else is said about what it keeps out.`,
    why: source`
      One broken line is enough for the build to end before its first instruction.`,
    context: { ".dockerignore": "dist\n[a-\n", "app.js": "" },
    bad: source`
      FROM node:24-alpine
      COPY app.js /app/
      ^^^^ ignore-file-unreadable: Docker refuses the ignore file: line 2: \`[a-\` is no pattern that Docker understands.`,
    good: source`
      FROM node:24-alpine
      RUN node --version`,
  },

  check(model, report) {
    const ignore = model.inputs.context?.ignoreFile;
    if (ignore?.kind !== "unreadable") return;
    const copy = firstCopy(model);
    if (!copy) return;
    const { span, file, problem } = ignore;
    const refused = span !== undefined;
    report(
      copy.keyword,
      refused
        ? `Docker refuses the ignore file: ${problem}.`
        : "The ignore file cannot be read, so it is not known what it keeps out of the build.",
      {
        related: [{ message: "The ignore file.", file, ...(span && { span }) }],
        // What we cannot read, Docker may.
        severity: refused ? "error" : "warning",
      },
    );
  },
});

function firstCopy({ stages }: DockerfileModel): Instruction | undefined {
  const copies = (stage: Stage) => stage.instructions.find((it) => contextSources(it, stage).length > 0);
  return stages.map(copies).find((it) => it !== undefined);
}
