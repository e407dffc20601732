import { source } from "../../text/source.ts";
import { readScannerComment } from "../knowledge/names/scanner-names.ts";
import { dockerfileRule } from "../rule.ts";

export const inlineIgnore = dockerfileRule({
  id: "inline-ignore",
  title: "Comment that silences a rule",
  severity: "warning",
  tags: ["clarity"],
  aliases: ["DL1001"],
  since: "0.2.0",
  fix: "none",
  enabled: false,
  docs: {
    what: source`
      Reports \`# plimsoll ignore=…\` and \`# hadolint ignore=…\`, with \`stage\` and \`global\` too, and Trivy's and Checkov's
      comments. It runs only when asked for.`,
    why: source`
      For projects in which nobody should silence a rule unseen: what is not to be reported then stands in the project's settings, where
      a review sees it.`,
    bad: source`
      FROM alpine:3.24
      # hadolint ignore=DL3018
      ^^^^^^^^^^^^^^^^^^^^^^^^ inline-ignore: This comment silences DL3018.
      RUN apk add --no-cache curl`,
    good: source`
      FROM alpine:3.24
      # curl is for the health check.
      RUN apk add --no-cache curl`,
  },

  check({ file }, report) {
    for (const { text, span } of file.comments) {
      const [, names] =
        /^(?:plimsoll:?|hadolint)\s+(?:(?:global|stage)\s+)?ignore\s*=\s*(\S.*)$/i.exec(text) ?? [];
      const silenced = names ?? readScannerComment(text)?.names.join(", ");
      if (silenced !== undefined) report(span, `This comment silences ${silenced.trim()}.`);
    }
  },
});
