import { notedOnService } from "../../model/compose/project.ts";
import { knownAt } from "../../model/compose/reading/known-at.ts";
import { entriesOf, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { contentSpan } from "../../syntax/compose/scalar-span.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { nearestAmong } from "../writing/suggestions/nearest-among.ts";

export const unknownModel = composeRule({
  id: "unknown-model",
  title: "Model that is not declared",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a name in \`models\` of a service that the top-level \`models\` do not have. Nothing is said when a part of the project
      is not known.`,
    why: source`
      Compose refuses the whole project: "refers to undefined model".`,
    bad: source`
      services:
        chat:
          image: example/chat:1.4
          models: [assistent]
                   ^^^^^^^^^ unknown-model: No model assistent is declared; did you mean assistant?
      models:
        assistant:
          model: ai/smollm2`,
    good: source`
      services:
        chat:
          image: example/chat:1.4
          models: [assistant]
      models:
        assistant:
          model: ai/smollm2`,
  },

  check(project, report) {
    if (!project.complete) return;
    const declared = new Set(entriesOf(valueAt(project.file.root, "models")).map((it) => it.key.value));
    const nearest = nearestAmong(declared);
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      if (!usesModels(service)) continue;
      const used = valueAt(service.node, "models");
      const names = [...entriesOf(used).map((it) => it.key), ...itemsOf(used)];
      for (const node of names) {
        const name = knownAt(project, node);
        if (!name || declared.has(name.value)) continue;
        const span = contentSpan(project.file.text, name.node) ?? name.node.span;
        const near = nearest(name.value);
        once(span, `No model ${name.value} is declared${didYouMean(near)}`, {
          fixes:
            near === undefined ? [] : replaceName(project.file, { value: name.value, span }, near, "safe"),
        });
      }
    }
  },
});

const usesModels = notedOnService(({ node }) => valueAt(node, "models") !== undefined);
