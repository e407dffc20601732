import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { budgetSettings } from "../knowledge/names/budget-comments.ts";
import { dockerfileRule } from "../rule.ts";
import { budgetNames } from "../size-budget.ts";

export const sizeBudget = dockerfileRule({
  id: "size-budget",
  title: "Image over its size budget, or a budget that cannot be read",
  severity: "warning",
  tags: ["size"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a budget that cannot be read. \`# plimsoll: max-size=25MB\` above a FROM says what the image of that stage may
      weigh on disk, \`max-transfer=10MB\` what it may weigh as a registry has it; units are B, kB, MB, GB, KiB, MiB and GiB.
      \`size-budget\` in \`.plimsoll.yaml\`, or \`plimsoll.sizeBudget\` in the settings, says it for images by their name or
      for all that is built in a folder. The comment counts first, then the nearest file, then the settings.

      After a build or a weighing the editor reports under the same name, on the FROM, an image that is over its budget,
      with the lines that weigh most; and \`plimsoll size\` ends with exit code 1 for one.`,
    why: source`
      Images grow a few megabytes at a time, and nobody sees it. A budget is a promise to whoever pulls the image, and it is
      only kept when it can be read and somebody is told.`,
    bad: source`
      # plimsoll: max-size=25
                  ^^^^^^^^^^^ size-budget: \`25\` lacks a unit: for example 25MB or 1.5GiB.
      FROM alpine:3.24
      COPY server /usr/local/bin/`,
    good: source`
      # plimsoll: max-size=25MB
      FROM alpine:3.24
      COPY server /usr/local/bin/`,
  },

  check({ file }, report) {
    const firsts = { disk: new Map<Instruction, Span>(), transfer: new Map<Instruction, Span>() };
    for (const { name, nameSpan, span, of, meant, value, from } of budgetSettings(file)) {
      const first = of && from && firsts[of].get(from);
      if (of && from && !first) firsts[of].set(from, span);
      if (!of) {
        const near = meant === undefined ? "" : ` Did you mean \`${meant}\`?`;
        const names = Object.keys(budgetNames).join(", ");
        report(nameSpan, `There is no \`${name}\` in a budget: it is one of ${names}.${near}`);
      } else if (value.kind === "wrong") report(span, value.message);
      else if (!from) report(span, "There is no FROM that this budget is about.");
      else if (first)
        report(span, `This stage has another \`${name}\` already, and that one counts.`, {
          related: [{ message: "It stands here.", span: first }],
        });
    }
  },
});
