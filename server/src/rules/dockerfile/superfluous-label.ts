import { isOwn } from "../../model/stage/holding-stage.ts";
import { source } from "../../text/source.ts";
import { labelsOf } from "../knowledge/labels/labels.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { removeButComments } from "../writing/dockerfile/lines.ts";

export const superfluousLabel = instructionRule({
  id: "superfluous-label",
  title: "Label that the project's policy does not know",
  severity: "info",
  tags: ["clarity"],
  aliases: ["DL3050"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a label that is not among those of the project's policy, where the policy allows no others
      (\`strict-labels\`).`,
    why: source`
      Where labels are read by tools, one that is not among the agreed ones is mostly a misspelt one, and then the right
      one is missing.`,
    policy: { trustedRegistries: undefined, labels: { "com.example.team": "text" }, strictLabels: true },
    bad: source`
      FROM alpine:3.24
      LABEL com.example.teem="payments"
            ^^^^^^^^^^^^^^^^ superfluous-label: The label com.example.teem is not among those that the project allows.`,
    good: source`
      FROM alpine:3.24
      LABEL com.example.team="payments"`,
  },

  instructions: ["LABEL"],
  triggers: true,

  check(instruction, stage, report, { labels, strictLabels }) {
    if (!strictLabels) return;
    for (const { name, pair } of labelsOf(instruction, stage)) {
      if (name === undefined || Object.hasOwn(labels, name)) continue;
      const isAlone = instruction.pairs.length === 1 && isOwn(instruction, stage);
      const fixes: Fix[] = isAlone
        ? [
            {
              kind: "unsafe",
              title: "Remove the label",
              edits: removeButComments(stage.model.file, instruction),
            },
          ]
        : [];
      report(pair.name.span, `The label ${name} is not among those that the project allows.`, { fixes });
    }
  },
});
