import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const repeatedEntry = composeRule({
  id: "repeated-entry",
  title: "Entry that stands in a list twice",
  severity: "error",
  tags: ["build"],
  aliases: ["invalid-schema"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports the second of two equal entries of a list that the Compose specification wants to be without repetition, such as
      \`networks\`, \`depends_on\` and \`security_opt\`.`,
    why: source`
      Compose refuses the whole file, and starts none of its services: "items are equal".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          networks: [front, front]
                            ^^^^^ repeated-entry: front is already in this list.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          networks: [front]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const mismatch of project.mismatches) {
      if (mismatch.kind !== "twice" || mismatch.node.kind !== "scalar") continue;
      const { node, first } = mismatch;
      once(node.span, `${node.value} is already in this list.`, {
        related: [{ message: "It stands here before.", span: first.span }],
      });
    }
  },
});
