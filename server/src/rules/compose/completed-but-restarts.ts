import type { ComposeProject, Placed, Service } from "../../model/compose/project.ts";
import { knownAt } from "../../model/compose/reading/known-at.ts";
import { entryAt, valueAt } from "../../syntax/compose/find.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const completedButRestarts = composeRule({
  id: "completed-but-restarts",
  title: "Waiting for the end of a service that is started again",
  severity: "warning",
  tags: ["run"],
  aliases: ["S61"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "services",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`condition: service_completed_successfully\` on a service with \`restart: always\` or \`unless-stopped\`, or with
      such a \`restart_policy\` in \`deploy\`.`,
    why: source`
      The engine starts the container again as soon as it ends, a job that is done as well. What waits for its end may wait for
      ever, and the job runs over and over.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            migrate:
              condition: service_completed_successfully
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ completed-but-restarts: migrate is started again whenever it ends, so it is never completed.
        migrate:
          image: example/api:1.4
          command: migrate
          restart: always`,
    good: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            migrate:
              condition: service_completed_successfully
        migrate:
          image: example/api:1.4
          command: migrate
          restart: on-failure`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      for (const { condition, service: name } of service.dependsOn) {
        const other = project.services.get(name.value);
        if (!other || condition?.value !== "service_completed_successfully") continue;
        const ofDeploy = valueAt(valueAt(other.node, "deploy"), "restart_policy") !== undefined;
        const restart = ofDeploy ? policyOfDeploy(project, other) : other.restart;
        if (!restart || !/^(?:always|unless-stopped|any)$/.test(restart.value)) continue;
        once(condition.span, `${name.value} is started again whenever it ends, so it is never completed.`, {
          related: [
            {
              message: `${ofDeploy ? "condition" : "restart"} is ${restart.value} here.`,
              span: restart.span,
            },
          ],
          fixes: ofDeploy ? conditionOnFailure(project, other, restart) : restartOnFailure(project, other),
        });
      }
    }
  },
});

/** It goes before `restart` (docker/compose pkg/compose/create.go, `getRestartPolicy`). */
function policyOfDeploy(project: ComposeProject, { node }: Service): Placed<string> | undefined {
  const policy = valueAt(valueAt(node, "deploy"), "restart_policy");
  const condition = knownAt(project, policy, "condition");
  return condition && { value: condition.value, span: condition.node.span };
}

function conditionOnFailure(
  { file }: ComposeProject,
  { node, name }: Service,
  { span, value }: Placed<string>,
): readonly Fix[] {
  const written = valueAt(valueAt(valueAt(node, "deploy"), "restart_policy"), "condition");
  if (!written || written.viaAlias || node?.viaAlias || file.text.slice(span.start, span.end) !== value)
    return [];
  const title = `Start ${name.value} again only when it fails`;
  return [{ kind: "unsafe", title, edits: [replace(span, "on-failure")] }];
}

function restartOnFailure({ file }: ComposeProject, { node, restart, name }: Service): readonly Fix[] {
  const value = entryAt(node, "restart")?.value;
  if (!restart || !value || value.viaAlias || node?.viaAlias) return [];
  if (file.text.slice(restart.span.start, restart.span.end) !== restart.value) return [];
  return [
    {
      kind: "unsafe",
      title: `Start ${name.value} again only when it fails`,
      edits: [replace(restart.span, "on-failure")],
    },
  ];
}
