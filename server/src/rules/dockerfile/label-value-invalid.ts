import { wordValue } from "../../model/stage/word-value.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { valueKinds } from "../knowledge/labels/label-kinds.ts";
import { labelsOf } from "../knowledge/labels/labels.ts";
import { licenseIds } from "../knowledge/labels/spdx.ts";
import { type Fix, instructionRule } from "../rule.ts";

export const labelValueInvalid = instructionRule({
  id: "label-value-invalid",
  title: "Label whose value is not what the project demands",
  severity: "warning",
  tags: ["clarity"],
  aliases: ["DL3051", "DL3052", "DL3053", "DL3054", "DL3055", "DL3056", "DL3058"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a label whose value is not of the kind that the project's policy (\`label-schema\`) names for it: a text that
      is not empty, a URL, a time, a licence or an expression of licences, a git commit, a semantic version, a mail
      address. Values with variables are not looked at, since they are given with the build.`,
    why: source`
      Labels are read by tools: a scanner compares licences by their SPDX names, a registry sorts by the time of the build. A value of
      another form is as good as none, and nobody notices.`,
    policy: {
      trustedRegistries: undefined,
      labels: { "org.opencontainers.image.licenses": "spdx", "org.opencontainers.image.created": "rfc3339" },
      strictLabels: false,
    },
    bad: source`
      FROM alpine:3.24
      LABEL org.opencontainers.image.licenses="Apache 2.0"
                                              ^^^^^^^^^^^^ label-value-invalid: Apache 2.0 is no licence of the SPDX list.
      LABEL org.opencontainers.image.created=yesterday
                                             ^^^^^^^^^ label-value-invalid`,
    good: source`
      FROM alpine:3.24
      ARG BUILD_TIME
      LABEL org.opencontainers.image.licenses="Apache-2.0"
      LABEL org.opencontainers.image.created=$BUILD_TIME`,
  },

  instructions: ["LABEL"],
  triggers: true,

  check(instruction, stage, report, { labels }) {
    for (const { name, pair } of labelsOf(instruction, stage)) {
      const demanded = name !== undefined && Object.hasOwn(labels, name) ? labels[name] : undefined;
      if (!demanded || !pair.value || pair.value.raw.includes("$")) continue;
      const kind = valueKinds[demanded];
      const value = wordValue(pair.value, instruction, stage);
      if (value === undefined || kind.accepts(value)) continue;
      const place = pair.value.raw === "" ? pair.name.span : pair.value.span;
      report(place, value === "" ? `The label ${name} is empty.` : `${value} is no ${kind.name}.`, {
        aliases: [kind.alias],
        fixes: demanded === "spdx" ? nearestLicense(value, pair.value) : [],
      });
    }
  },
});

function nearestLicense(value: string, { raw, span }: Word): Fix[] {
  const near = nearestName(value.replace(/ /g, "-"), licenseIds());
  const quote = raw.startsWith('"') || raw.startsWith("'") ? (raw[0] ?? "") : "";
  if (near === undefined || raw !== quote + value + quote) return [];
  return [{ kind: "unsafe", title: `Write ${near}`, edits: [replace(span, quote + near + quote)] }];
}
