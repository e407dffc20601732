import { type DockerfileModel, notedOnModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { fromsOf, stageNeeds } from "../knowledge/stages/stage-needs.ts";
import { dockerfileRule, type Fix } from "../rule.ts";
import { holdsComment } from "../writing/dockerfile/lines.ts";

export const unusedStage = dockerfileRule({
  id: "unused-stage",
  title: "Stage without a name that nothing uses",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["no-unreachable-stages"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a stage that has no name, is not the last one, and that no other stage is built from or copies from.
      A stage with a name may be built by itself with \`--target\` or by a Compose service, so nothing is said about it.
      Silent in a file where a variable says which stage is copied from.`,
    why: source`
      BuildKit leaves the stage out, the classic builder builds it for nothing. Mostly a \`COPY --from\` was forgotten
      or goes to an image where the stage was meant.`,
    bad: source`
      FROM node:24-alpine
      ^^^^ unused-stage: Nothing is built from this stage or copies from it, and without a name it cannot be chosen.
      WORKDIR /src
      COPY . .
      RUN npm ci && npm run build
      FROM nginx:1.30
      COPY dist /usr/share/nginx/html`,
    good: source`
      FROM node:24-alpine AS build
      WORKDIR /src
      COPY . .
      RUN npm ci && npm run build
      FROM nginx:1.30
      COPY --from=build /src/dist /usr/share/nginx/html`,
  },

  check(model, report) {
    const idle = model.stages.filter((it) => !it.isFinal && !it.nameWord);
    if (idle.length === 0) return;
    const used = new Set(model.stages.flatMap(stageNeeds).map((it) => it.on));
    for (const { value } of namedIn(model)) {
      // A variable may stand for a number.
      if (value.includes("$")) return;
      const stage = model.findStage(value);
      if (stage) used.add(stage);
    }
    for (const stage of idle) {
      if (used.has(stage)) continue;
      const message =
        "Nothing is built from this stage or copies from it, and without a name it cannot be chosen.";
      report(stage.from.keyword, message, { fixes: removal(stage) });
    }
  },
});

/** A number names a stage, so that none in front of it can go. */
const hasNumbers = notedOnModel((model) => namedIn(model).some((it) => /^\d+$/.test(it.value)));

/** What `--from` names in the whole file, triggers among it: they take from here in the stages above this one. */
function namedIn({ stages }: DockerfileModel): { readonly value: string }[] {
  return stages.flatMap((it) => it.instructions.flatMap((one) => fromsOf(one.inner ?? one)));
}

/** Takes the stage away, unless numbers behind it would then mean other stages, or a comment would go with it. */
function removal({ model, from, index, instructions }: Stage): Fix[] {
  const { file, stages } = model;
  const next = stages[index + 1];
  if (!next || hasNumbers(model)) return [];
  const span = { start: file.lines.startOf(from.startLine), end: file.lines.startOf(next.from.startLine) };
  if (holdsComment(file, span) || instructions.some((it) => it.hereDocuments.length > 0)) return [];
  return [{ kind: "unsafe", title: "Remove the stage", edits: [remove(span)] }];
}
