import { mappingAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { byAlphabet, reportUnsorted } from "../writing/compose/report-unsorted.ts";

export const unsortedServices = composeRule({
  id: "unsorted-services",
  title: "Services out of the order of the alphabet",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["services-alphabetical-order"],
  since: "0.4.0",
  fix: "safe",
  enabled: false,
  docs: {
    what: source`
      Reports services that do not stand in the order of the alphabet. Runs only when asked for.`,
    why: source`
      A service of a long file is found faster, and two people who add one add it in the same place.`,
    bad: source`
      services:
        web:
          image: example/web:1.4
        api:
        ^^^ unsorted-services: api comes before web.
          image: example/api:1.4`,
    good: source`
      services:
        api:
          image: example/api:1.4
        web:
          image: example/web:1.4`,
  },

  check(project, report) {
    const services = mappingAt(project.file.root, "services");
    if (!services || services.merges.length > 0) return;
    const entries = services.entries.map(({ key }) => ({ name: key.value, span: key.span }));
    reportUnsorted(project, services, entries, byAlphabet, report, "on demand");
  },
});
