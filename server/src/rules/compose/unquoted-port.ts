import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const unquotedPort = composeRule({
  id: "unquoted-port",
  title: "Port without quotes",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["require-quotes-in-ports"],
  since: "0.4.0",
  fix: "safe",
  enabled: false,
  reach: "service",
  docs: {
    what: source`
      Reports ports in \`ports\` and \`expose\` without quotes. Runs only when asked for.`,
    why: source`
      YAML 1.1, which older tools read, takes two numbers with a colon for one of base 60 where the second is below 60:
      \`22:22\` is 1342 then.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          ports:
            - 8080:8080
              ^^^^^^^^^ unquoted-port: Older readers of YAML may take this for a number.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          ports:
            - "8080:8080"`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { node } of project.services.values()) {
      for (const item of [...itemsOf(valueAt(node, "ports")), ...itemsOf(valueAt(node, "expose"))]) {
        if (item.kind !== "scalar" || item.style !== "plain" || item.type === "null") continue;
        // Readers differ on the value of numbers like `0x50` and `080`; in quotes they would be none.
        const isPlain = item.type === "string" || /^[1-9]\d*$/.test(item.value);
        const edits = item.viaAlias || !isPlain ? [] : [replace(item.span, JSON.stringify(item.value))];
        once(item.span, "Older readers of YAML may take this for a number.", {
          fixes: edits.length > 0 ? [{ kind: "safe", title: "Put it in quotes", edits }] : [],
        });
      }
    }
  },
});
