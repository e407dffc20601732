import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/report-once.ts";

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
      Reports \`condition: service_completed_successfully\` on a service with \`restart: always\` or \`unless-stopped\`.`,
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
        if (!other?.restart || condition?.value !== "service_completed_successfully") continue;
        if (!/^(?:always|unless-stopped)$/.test(other.restart.value)) continue;
        once(condition.span, `${name.value} is started again whenever it ends, so it is never completed.`, {
          related: [{ message: `restart is ${other.restart.value} here.`, span: other.restart.span }],
          fixes: restartOnFailure(project, other),
        });
      }
    }
  },
});

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
