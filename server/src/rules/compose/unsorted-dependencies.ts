import { entriesOf, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { byAlphabet, reportUnsorted } from "../writing/compose/report-unsorted.ts";

export const unsortedDependencies = composeRule({
  id: "unsorted-dependencies",
  title: "Dependencies out of the order of the alphabet",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["service-dependencies-alphabetical-order"],
  since: "0.4.0",
  fix: "safe",
  enabled: false,
  reach: "service",
  docs: {
    what: source`
      Reports services in \`depends_on\` that do not stand in the order of the alphabet. Runs only when asked for.`,
    why: source`
      The order says nothing: Compose starts them as they depend on each other. In a fixed one a change is one line.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          depends_on: [db, cache]
                           ^^^^^ unsorted-dependencies: cache comes before db.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          depends_on: [cache, db]`,
  },

  check(project, report) {
    for (const { node } of project.services.values()) {
      const list = node && valueAt(node, "depends_on");
      if (!list || list.kind === "scalar" || list.viaAlias) continue;
      // What a merge key brings stands elsewhere.
      if (list.kind === "mapping" && list.merges.length > 0) continue;
      const items = itemsOf(list).flatMap((it) =>
        it.kind === "scalar" ? [{ name: it.value, span: it.span }] : [],
      );
      const entries = entriesOf(list).map(({ key }) => ({ name: key.value, span: key.span }));
      reportUnsorted(project, list, [...items, ...entries], byAlphabet, report);
    }
  },
});
