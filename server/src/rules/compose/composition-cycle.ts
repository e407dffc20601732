import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const compositionCycle = composeRule({
  id: "composition-cycle",
  title: "Services or files that extend or include themselves",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`extends\` by which a service comes back to itself, and \`include\` by which a file does, also through other files.`,
    why: source`
      Compose refuses the whole project: "Circular reference", "include cycle detected".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          extends: worker
        worker:
          extends: api
          ^^^^^^^^^^^^ composition-cycle: Services extend one another in a circle: api, worker, api.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          extends: worker
        worker:
          image: example/worker:1.4`,
  },

  check({ composition, file }, report) {
    const once = reportOnce(report);
    for (const { kind, message, origin, via } of composition) {
      if (kind !== "extends-cycle" && kind !== "include-cycle") continue;
      // A circle may close in another file: here it is what leads there.
      const here = [origin, ...via].find((it) => it.source.file === file);
      if (here) once(here.span, message);
    }
  },
});
