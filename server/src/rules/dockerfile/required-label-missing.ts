import { source } from "../../text/source.ts";
import { labelNames } from "../knowledge/labels/labels.ts";
import { targetStages } from "../knowledge/stages/target-stages.ts";
import { dockerfileRule } from "../rule.ts";

export const requiredLabelMissing = dockerfileRule({
  id: "required-label-missing",
  title: "Image without a label that the project demands",
  severity: "info",
  tags: ["clarity"],
  aliases: ["DL3049"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a stage that sets a label neither itself nor by a stage that it is built on, where the project's policy
      (\`label-schema\`) demands that label. Stages that others are built from or copy from are left alone. Without a
      policy nothing is demanded.`,
    why: source`
      Who owns an image, where its sources are and which version it holds is looked up in its labels, by people and by
      tools. One image without them is the one that nobody can ask about.`,
    policy: { trustedRegistries: undefined, labels: { "com.example.team": "text" }, strictLabels: false },
    bad: source`
      FROM alpine:3.24
           ^^^^^^^^^^^ required-label-missing: The label com.example.team is demanded, and nothing here sets it.
      COPY api /usr/local/bin/`,
    good: source`
      FROM golang:1.27 AS builder
      RUN CGO_ENABLED=0 go build -o /out/api .
      FROM alpine:3.24
      LABEL com.example.team="payments"
      COPY --from=builder /out/api /usr/local/bin/`,
  },

  check(model, report, { labels }) {
    const demanded = Object.keys(labels);
    if (demanded.length === 0) return;
    for (const stage of targetStages(model)) {
      const set = labelNames(stage);
      if (!set) continue;
      const place = stage.base.word?.span ?? stage.from.keyword;
      for (const name of demanded)
        if (!set.has(name)) report(place, `The label ${name} is demanded, and nothing here sets it.`);
    }
  },
});
