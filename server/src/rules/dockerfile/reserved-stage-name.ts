import { source } from "../../text/source.ts";
import { stageUses } from "../knowledge/stages/stage-uses.ts";
import { dockerfileRule } from "../rule.ts";
import { freeStageName, renameStage } from "../writing/dockerfile/rename-stage.ts";

export const reservedStageName = dockerfileRule({
  id: "reserved-stage-name",
  title: "Stage named scratch or context",
  severity: "warning",
  tags: ["build", "clarity"],
  aliases: ["ReservedStageName", "DL3063"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a stage that is named \`scratch\` or \`context\`, in any case. The fix gives it another name, in FROM and
      wherever the file uses it; nothing is offered where \`FROM scratch\` follows, which may mean either.`,
    why: source`
      \`scratch\` means the empty image, and \`context\` the files that the build was given. A stage of that name hides
      what readers, and later versions of BuildKit, take it for.`,
    bad: source`
      FROM golang:1.27 AS context
                          ^^^^^^^ reserved-stage-name: context means the build context, so no stage should have this name.
      RUN CGO_ENABLED=0 go build -o /out/api .
      FROM alpine:3.24
      COPY --from=context /out/api /api`,
    good: source`
      FROM golang:1.27 AS builder
      RUN CGO_ENABLED=0 go build -o /out/api .
      FROM alpine:3.24
      COPY --from=builder /out/api /api`,
  },

  check(model, report) {
    const wrong = model.stages.filter((it) => it.name !== undefined && reserved.has(it.name));
    if (wrong.length === 0) return;
    const uses = stageUses(model);
    for (const stage of wrong) {
      const { name, nameWord } = stage;
      if (name === undefined || !nameWord) continue;
      const newName = freeStageName(`${name}-stage`, model);
      const isBase = model.stages.some((it) => it.base.kind === "stage" && it.base.stage === stage);
      const edits = name === "scratch" && isBase ? undefined : renameStage(stage, newName, uses);
      report(nameWord.span, `${name} means ${reserved.get(name)}, so no stage should have this name.`, {
        fixes: edits ? [{ kind: "safe", title: `Rename the stage to ${newName}`, edits }] : [],
      });
    }
  },
});

/** moby/buildkit, frontend/dockerfile/linter/docs/ReservedStageName.md, read 2026-11. */
const reserved: ReadonlyMap<string, string> = new Map([
  ["context", "the build context"],
  ["scratch", "the empty image"],
]);
