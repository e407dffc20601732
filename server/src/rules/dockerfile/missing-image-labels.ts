import { source } from "../../text/source.ts";
import { labelNames } from "../knowledge/labels/labels.ts";
import { stageRule } from "../rule.ts";

export const missingImageLabels = stageRule({
  id: "missing-image-labels",
  title: "Image that does not say where it comes from",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["S7028"],
  since: "0.2.0",
  fix: "none",
  enabled: false,
  docs: {
    what: source`
      Reports an image without any label \`org.opencontainers.image.…\`, such as \`source\`, \`version\` or \`licenses\`. It
      runs only when asked for, as build systems often set these labels from outside.`,
    why: source`
      Registries show these labels, and link an image to its sources by them. Months later they are the only answer to
      the question which commit is running there.`,
    bad: source`
      FROM alpine:3.24
           ^^^^^^^^^^^ missing-image-labels: No label org.opencontainers.image.… says where this image comes from.
      COPY api /usr/local/bin/`,
    good: source`
      FROM alpine:3.24
      LABEL org.opencontainers.image.source="https://example.com/team/api"
      COPY api /usr/local/bin/`,
  },

  check(stage, report) {
    if (!stage.isFinal) return;
    const names = labelNames(stage);
    if (!names || [...names].some((it) => it.startsWith(PREFIX))) return;
    const place = stage.base.word?.span ?? stage.from.keyword;
    report(place, `No label ${PREFIX}… says where this image comes from.`);
  },
});

/** OCI image specification, annotations.md, read 2026-11. */
const PREFIX = "org.opencontainers.image.";
