import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import { notedOnService } from "../../model/compose/project.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";

export const missingRestart = composeRule({
  id: "missing-restart",
  title: "Service that stays down when it ends",
  severity: "hint",
  tags: ["run"],
  aliases: [],
  since: "0.2.0",
  fix: "unsafe",
  enabled: false,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a service without \`restart\` and without \`deploy.restart_policy\`. Jobs that another service waits for with
      \`service_completed_successfully\`, and services of a profile, are left alone.`,
    why: source`
      Without a policy the engine does not start the container again, neither when its program fails nor when the machine is
      started again.`,
    bad: source`
      services:
        api:
        ^^^ missing-restart: api is not started again when it ends or the machine restarts.
          image: example/api:1.4`,
    good: source`
      services:
        api:
          image: example/api:1.4
          restart: unless-stopped`,
  },

  check(project, report) {
    if (!project.complete) return;
    const jobs = new Set<string>();
    for (const service of project.services.values()) for (const it of awaitedJobs(service)) jobs.add(it);
    for (const service of project.services.values()) {
      if (!endsForGood(service) || jobs.has(service.name.value)) continue;
      const { name, node } = service;
      report(name.span, `${name.value} is not started again when it ends or the machine restarts.`, {
        fixes: () => {
          const edits = node && appendEntry(project.file, node, { key: "restart", value: "unless-stopped" });
          return edits ? [{ kind: "unsafe", title: "Start it again unless it was stopped", edits }] : [];
        },
      });
    }
  },
});

/** Services that another waits for until they have ended. */
const awaitedJobs = notedOnService(({ dependsOn }): readonly string[] =>
  dependsOn
    .filter((it) => it.condition?.value === "service_completed_successfully")
    .map((it) => it.service.value),
);

const endsForGood = notedOnService(({ node, profiles, complete, restart }): boolean => {
  if (!node || !complete || profiles.length > 0 || restart) return false;
  if (["restart", "provider", "extends"].some((it) => entryAt(node, it))) return false;
  return !entryAt(entryAt(node, "deploy")?.value, "restart_policy");
});
