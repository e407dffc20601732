import { entryAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { certainHealthcheck } from "../knowledge/compose/service-health.ts";
import { composeRule } from "../rule.ts";
import { addHealthcheck } from "../writing/compose/add-health-check.ts";
import { workingTest } from "../writing/compose/working-test.ts";

export const serviceWithoutHealthcheck = composeRule({
  id: "service-without-healthcheck",
  title: "Service of which nobody knows whether it works",
  severity: "hint",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: false,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a service that certainly has no health check: none of its own, and none in the image or Dockerfile that it
      runs. Runs only when asked for.`,
    why: source`
      Without one the engine only knows that the process runs. Others cannot wait until the service works, and a proxy or an
      orchestrator does not see that it no longer does.`,
    bad: source`
      services:
        db:
        ^^ service-without-healthcheck: Nothing tells whether db works.
          image: postgres:18`,
    good: source`
      services:
        db:
          image: postgres:18
          healthcheck:
            test: ["CMD", "pg_isready"]`,
  },

  check(project, report) {
    if (!project.complete) return;
    for (const service of project.services.values()) {
      const { name, node, complete, healthcheck } = service;
      if (!node || !complete || ["provider", "extends"].some((it) => entryAt(node, it))) continue;
      if (certainHealthcheck(service).is !== "no") continue;
      // Whoever switched a check off, or wrote part of one, knows of it.
      const test = healthcheck ? undefined : workingTest(service);
      const edits = test === undefined ? undefined : addHealthcheck(project, service, test);
      report(name.span, `Nothing tells whether ${name.value} works.`, {
        fixes: edits ? [{ kind: "unsafe", title: "Add a health check", edits }] : [],
      });
    }
  },
});
