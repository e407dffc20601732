import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/report-once.ts";

export const quotedVolume = composeRule({
  id: "quoted-volume",
  title: "Mount in quotes that it does not need",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["no-quotes-in-volumes"],
  since: "0.4.0",
  fix: "safe",
  enabled: false,
  reach: "service",
  docs: {
    what: source`
      Reports a mount in quotes where YAML reads the same without them. Runs only when asked for.`,
    why: source`
      One way of writing for one thing: quotes are left for what needs them.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          volumes:
            - "./data:/data"
              ^^^^^^^^^^^^^^ quoted-volume: This needs no quotes.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          volumes:
            - ./data:/data`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { node } of project.services.values()) {
      const list = valueAt(node, "volumes");
      for (const item of itemsOf(list)) {
        if (item.kind !== "scalar" || (item.style !== "double" && item.style !== "single")) continue;
        // What begins otherwise, has a colon with a blank or stands in brackets may be something else without quotes, and `~`,
        // `null` and a number, which have no slash, are.
        if (item.viaAlias || !/^(?=.*\/)[./~\w][\w./:~@+$-]*(?<!:)$/.test(item.value)) continue;
        once(item.span, "This needs no quotes.", {
          fixes: [{ kind: "safe", title: "Take the quotes away", edits: [replace(item.span, item.value)] }],
        });
      }
    }
  },
});
