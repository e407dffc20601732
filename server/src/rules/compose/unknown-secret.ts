import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { nearestAmong } from "../writing/nearest-among.ts";
import { reportOnce } from "../writing/report-once.ts";
import { andNear, undeclaredFixes } from "../writing/undeclared-name.ts";

export const unknownSecret = composeRule({
  id: "unknown-secret",
  title: "Secret that is declared nowhere",
  severity: "error",
  tags: ["run"],
  aliases: ["S96"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a secret of a service or of its build that the top-level \`secrets\` does not have. Nothing is said when parts of
      the project stand in other files.`,
    why: source`
      Compose refuses the whole project and starts none of its services: "refers to undefined secret".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          secrets: [api_tokn]
                    ^^^^^^^^ unknown-secret: No secret api_tokn is declared; api_token is near.
      secrets:
        api_token:
          file: ./api_token.txt`,
    good: source`
      services:
        api:
          image: example/api:1.4
          secrets: [api_token]
      secrets:
        api_token:
          file: ./api_token.txt`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    const nearest = nearestAmong(project.secrets.keys());
    for (const { secrets, build } of project.services.values()) {
      for (const name of [...secrets, ...(build?.secrets ?? [])]) {
        if (project.secrets.has(name.value)) continue;
        const near = nearest(name.value);
        const message = `No secret ${name.value} is declared${andNear(near)}.`;
        once(name.span, message, { fixes: undeclaredFixes(project, "secrets", name, near) });
      }
    }
  },
});
