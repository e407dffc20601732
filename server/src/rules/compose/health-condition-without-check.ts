import type { ComposeProject, Dependency, Service } from "../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../model/compose/servers/known-server.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { certainHealthcheck } from "../knowledge/compose/service-health.ts";
import { composeRule, type Fix } from "../rule.ts";
import { addHealthcheck } from "../writing/compose/add-health-check.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const healthConditionWithoutCheck = composeRule({
  id: "health-condition-without-check",
  title: "Waiting for the health of a service without a health check",
  severity: "error",
  tags: ["run"],
  aliases: ["S60"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "services",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`condition: service_healthy\` on a service that certainly has no health check: none of its own, and none in the
      image or Dockerfile that it runs. Nothing is said when a part of
      the project is not known.`,
    why: source`
      Compose starts the other service, and then ends with "has no healthcheck configured": there is nothing to wait for.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            db:
              condition: service_healthy
                         ^^^^^^^^^^^^^^^ health-condition-without-check: db has no health check, so Compose ends instead of starting api.
        db:
          image: postgres:18`,
    good: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            db:
              condition: service_healthy
        db:
          image: postgres:18
          healthcheck:
            test: ["CMD", "pg_isready"]`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      for (const dependency of service.dependsOn) {
        const { condition, required } = dependency;
        const other = project.services.get(dependency.service.value);
        if (!other || !required || condition?.value !== "service_healthy") continue;
        const healthcheck = certainHealthcheck(other);
        if (healthcheck.is !== "no") continue;
        const name = other.name.value;
        const message = `${name} has no health check, so Compose ends instead of starting ${service.name.value}.`;
        once(condition.span, message, {
          related: [
            ...healthcheck.because,
            { message: `The service ${name} is here.`, span: other.name.span },
          ],
          fixes: [...addCheck(project, other), ...waitForStart(dependency, name)],
        });
      }
    }
  },
});

function addCheck(project: ComposeProject, other: Service): readonly Fix[] {
  const server = serverOf(other);
  const test = server && isOfficial(server, other) ? server.readyTest(other) : undefined;
  // Whoever switched a check off, or wrote part of one, knows of it.
  const edits = test === undefined || other.healthcheck ? undefined : addHealthcheck(project, other, test);
  return edits ? [{ kind: "unsafe", title: `Add a health check to ${other.name.value}`, edits }] : [];
}

function waitForStart({ condition, shared }: Dependency, name: string): readonly Fix[] {
  if (!condition || shared) return [];
  const edits = [replace(condition.span, "service_started")];
  return [{ kind: "unsafe", title: `Wait only until ${name} is started`, edits }];
}
