import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { nearestAmong } from "../writing/nearest-among.ts";
import { reportOnce } from "../writing/report-once.ts";
import { andNear, undeclaredFixes } from "../writing/undeclared-name.ts";

export const unknownNetwork = composeRule({
  id: "unknown-network",
  title: "Network that is declared nowhere",
  severity: "error",
  tags: ["run"],
  aliases: ["S96"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a network of a service that the top-level \`networks\` does not have. \`default\` is always there. Nothing is
      said when parts of the project stand in other files.`,
    why: source`
      Compose refuses the whole project and starts none of its services: "refers to undefined network".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          networks: [backnd]
                     ^^^^^^ unknown-network: No network backnd is declared; backend is near.
      networks:
        backend:`,
    good: source`
      services:
        api:
          image: example/api:1.4
          networks: [default, backend]
      networks:
        backend:`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    const nearest = nearestAmong(project.networks.keys());
    for (const { networks } of project.services.values()) {
      for (const { name } of networks) {
        if (name.value === "default" || project.networks.has(name.value)) continue;
        const near = nearest(name.value);
        const message = `No network ${name.value} is declared${andNear(near)}.`;
        once(name.span, message, { fixes: undeclaredFixes(project, "networks", name, near) });
      }
    }
  },
});
