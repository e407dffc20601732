import { scalarAt, valueAt } from "../../syntax/compose/find.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportUnsorted } from "../writing/compose/report-unsorted.ts";

export const unsortedPorts = composeRule({
  id: "unsorted-ports",
  title: "Ports out of order",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["service-ports-alphabetical-order"],
  since: "0.4.0",
  fix: "safe",
  enabled: false,
  reach: "service",
  docs: {
    what: source`
      Reports ports in \`ports\` of a service that do not stand in order of the port of the host. Runs only when asked for.`,
    why: source`
      In a fixed order a change is one line, and a port that is there twice is seen.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          ports:
            - "9000:9000"
            - "8080:8080"
              ^^^^^^^^^^^ unsorted-ports: 8080 comes before 9000.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          ports:
            - "8080:8080"
            - "9000:9000"`,
  },

  check(project, report) {
    for (const { node } of project.services.values()) {
      const list = node && valueAt(node, "ports");
      if (list?.kind !== "sequence" || list.viaAlias) continue;
      const entries = list.items.flatMap((it) => {
        const name = portOf(it);
        return name === undefined ? [] : [{ name, span: it.span }];
      });
      if (entries.length === list.items.length) reportUnsorted(project, list, entries, byPort, report);
    }
  },
});

/** The port of the host, else that of the container, as it is written. A variable comes first, as for dclint. */
function portOf(item: YamlNode): string | undefined {
  if (item.kind !== "scalar") return scalarAt(item, "published")?.value ?? scalarAt(item, "target")?.value;
  const parts = item.value.replace(/\/\w+$/, "").split(/:(?![^{]*\}|[^[]*\])/);
  return parts.at(-2) || parts.at(-1);
}

function byPort(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
