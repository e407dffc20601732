import type { Stage } from "../../model/stage/stage.ts";
import { source } from "../../text/source.ts";
import { type StageUse, stageUses } from "../knowledge/stages/stage-uses.ts";
import { dockerfileRule, type Fix } from "../rule.ts";
import { freeStageName, renameStage } from "../writing/dockerfile/rename-stage.ts";

export const duplicateStageName = dockerfileRule({
  id: "duplicate-stage-name",
  title: "Two stages of one name",
  severity: "warning",
  tags: ["build"],
  aliases: ["DuplicateStageName", "DL3024", "DS-0012", "CKV_DOCKER_11"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a stage whose name an earlier one has already; \`Builder\` and \`builder\` are one name. The fix renames the
      earlier stage, and the FROM lines that mean it, so that the build stays what it is.`,
    why: source`
      \`COPY --from\` and \`--target\` take the last stage of a name, FROM takes the nearest one above. The other stages
      are built from the wrong thing or never built at all, and nothing tells you.`,
    bad: source`
      FROM node:24 AS builder
      FROM golang:1.27 AS builder
                          ^^^^^^^ duplicate-stage-name: There is a stage builder already; COPY --from=builder takes the last one only.
      RUN CGO_ENABLED=0 go build -o /out/api .
      FROM scratch
      COPY --from=builder /out/api /api`,
    good: source`
      FROM node:24 AS pages
      COPY pages /out
      FROM golang:1.27 AS builder
      RUN CGO_ENABLED=0 go build -o /out/api .
      FROM scratch
      COPY --from=pages /out /pages
      COPY --from=builder /out/api /api`,
  },

  check(model, report) {
    const last = new Map<string, Stage>();
    let uses: readonly StageUse[] | undefined;
    for (const stage of model.stages) {
      const { name, nameWord } = stage;
      if (name === undefined || !nameWord) continue;
      const earlier = last.get(name);
      last.set(name, stage);
      if (!earlier?.nameWord) continue;
      uses ??= stageUses(model);
      report(
        nameWord.span,
        `There is a stage ${name} already; COPY --from=${name} takes the last one only.`,
        {
          related: [{ message: `The other ${name} is here.`, span: earlier.nameWord.span }],
          fixes: renamed(earlier, name, uses),
        },
      );
    }
  },
});

/** Unsafe, as the author may have meant the earlier one where the later one is used. */
function renamed(earlier: Stage, name: string, uses: readonly StageUse[]): Fix[] {
  const newName = freeStageName(`${name}-1`, earlier.model);
  const edits = renameStage(earlier, newName, uses);
  return edits ? [{ kind: "unsafe", title: `Rename the other stage to ${newName}`, edits }] : [];
}
