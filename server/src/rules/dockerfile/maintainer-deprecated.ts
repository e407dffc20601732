import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { firstWhere } from "../../text/sorted.ts";
import { source } from "../../text/source.ts";
import { dockerfileRule, type Fix } from "../rule.ts";
import { holdsComment, removeLines } from "../writing/dockerfile/lines.ts";

/** OCI image specification, annotations.md, read 2026-11. */
const AUTHORS = "org.opencontainers.image.authors";

export const maintainerDeprecated = dockerfileRule({
  id: "maintainer-deprecated",
  title: "MAINTAINER instead of a label",
  severity: "warning",
  tags: ["clarity"],
  aliases: ["MaintainerDeprecated", "DL4000", "DS-0022", "CKV_DOCKER_6", "S6586"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports MAINTAINER. The fix writes the label \`org.opencontainers.image.authors\`, where registries and scanners look
      for it.`,
    why: source`
      MAINTAINER is deprecated since Docker 1.13. A label says the same, can be changed by an image built on top, and is
      shown by \`docker inspect\` with the others.`,
    bad: source`
      FROM alpine:3.24
      MAINTAINER Jane Doe <jane@example.com>
      ^^^^^^^^^^ maintainer-deprecated: MAINTAINER is deprecated; a label names the authors.`,
    good: source`
      FROM alpine:3.24
      LABEL org.opencontainers.image.authors="Jane Doe <jane@example.com>"`,
  },

  check(model, report) {
    for (const instruction of model.file.instructions) {
      if (instruction.name !== "MAINTAINER") continue;
      const stage = stageOf(instruction, model);
      report(instruction.keyword, "MAINTAINER is deprecated; a label names the authors.", {
        // In front of the first FROM a label would be refused just so.
        fixes: stage ? asLabel(instruction, stage) : [],
      });
    }
  },
});

function stageOf({ keyword }: Instruction, { stages }: DockerfileModel): Stage | undefined {
  return stages[firstWhere(stages, (it) => it.from.keyword.start > keyword.start) - 1];
}

/** A label that is there already would be one of two. */
const namesAuthors = notedOnStage(({ instructions }) =>
  instructions.some(
    (it) => it.name === "LABEL" && it.pairs.some((pair) => pair.name.raw.replace(/["']/g, "") === AUTHORS),
  ),
);

function asLabel(instruction: Instruction, stage: Stage): Fix[] {
  const { file } = stage.model;
  const { keyword, span, body } = instruction;
  if (namesAuthors(stage)) return withoutIt(instruction, stage);
  if (body.text === "" || holdsComment(file, span)) return [];
  // Quotes around the whole were taken for part of the name, which nobody means.
  const name = /^"([^"]*)"$|^'([^']*)'$/.exec(body.text)?.slice(1).join("") ?? body.text;
  const quoted = [...name].map((it) =>
    it === '"' || it === "$" || it === file.escape ? file.escape + it : it,
  );
  const label = file.text[keyword.start] === "m" ? "label" : "LABEL";
  return [
    {
      kind: "safe",
      title: `Replace MAINTAINER with the label ${AUTHORS}`,
      edits: [replace(span, `${label} ${AUTHORS}="${quoted.join("")}"`)],
    },
  ];
}

function withoutIt(instruction: Instruction, { model }: Stage): Fix[] {
  if (holdsComment(model.file, instruction.span)) return [];
  const edits = [removeLines(model.file, instruction)];
  return [{ kind: "unsafe", title: `Remove it: ${AUTHORS} names them already`, edits }];
}
