import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { stageUses } from "../knowledge/stages/stage-uses.ts";
import { dockerfileRule } from "../rule.ts";

export const stageNameCasing = dockerfileRule({
  id: "stage-name-casing",
  title: "Stage name with capital letters",
  severity: "info",
  tags: ["clarity"],
  aliases: ["StageNameCasing"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports the name of a stage that is not all in lower case. The fix writes it so, in FROM and wherever the file uses
      the stage.`,
    why: source`
      For BuildKit \`Builder\` and \`builder\` are one name, which COPY finds in any case and FROM in lower case only. Lower
      case also tells names from instructions at a glance.`,
    bad: source`
      FROM golang:1.27 AS Builder
                          ^^^^^^^ stage-name-casing: The stage name Builder has capital letters; for BuildKit it is builder.
      RUN CGO_ENABLED=0 go build -o /out/api .
      FROM scratch
      COPY --from=Builder /out/api /api`,
    good: source`
      FROM golang:1.27 AS builder
      RUN CGO_ENABLED=0 go build -o /out/api .
      FROM scratch
      COPY --from=builder /out/api /api`,
  },

  check(model, report) {
    const wrong = model.stages.filter((it) => it.nameWord && it.nameWord.raw !== it.name);
    if (wrong.length === 0) return;
    const edits = new Map(wrong.map((it) => [it, it.nameWord ? [it.nameWord.span] : []]));
    for (const { stage, span, isWritten } of stageUses(model)) {
      // The others may stay as they are: any case finds the stage.
      const isLower = model.file.text.slice(span.start, span.end) === stage.name;
      if (isWritten && !isLower) edits.get(stage)?.push(span);
    }
    for (const stage of wrong) {
      const { name, nameWord } = stage;
      if (name === undefined || !nameWord) continue;
      report(
        nameWord.span,
        `The stage name ${nameWord.raw} has capital letters; for BuildKit it is ${name}.`,
        {
          fixes: [
            {
              kind: "safe",
              title: `Rename the stage to ${name}`,
              edits: (edits.get(stage) ?? []).map((it) => replace(it, name)),
            },
          ],
        },
      );
    }
  },
});
