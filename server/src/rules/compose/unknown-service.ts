import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { nearestAmong } from "../writing/nearest-among.ts";
import { replaceName } from "../writing/replace-name.ts";
import { reportOnce } from "../writing/report-once.ts";
import { andNear } from "../writing/undeclared-name.ts";

export const unknownService = composeRule({
  id: "unknown-service",
  title: "Dependency on a service that is not there",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a name in \`depends_on\` that no service has, unless \`required: false\` allows for that. Nothing is said when
      parts of the project stand in other files, or may: in files that do not have one of Compose's four default names, have an
      override file beside them, or are extended or included by a file beside them.`,
    why: source`
      Compose refuses the whole project and starts none of its services: "depends on undefined service".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            - databse
              ^^^^^^^ unknown-service: There is no service databse; database is near.
        database:
          image: example/database:2.1`,
    good: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            - database
        database:
          image: example/database:2.1`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    const nearest = nearestAmong(project.services.keys());
    for (const { dependsOn } of project.services.values()) {
      for (const { service, required } of dependsOn) {
        if (!required || project.services.has(service.value)) continue;
        const near = nearest(service.value);
        const message = `There is no service ${service.value}${andNear(near)}.`;
        once(service.span, message, {
          fixes: near === undefined ? [] : replaceName(project.file, service, near, "safe"),
        });
      }
    }
  },
});
