import { appendEntry } from "../../model/compose/edit/append-entry.ts";
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
    const services = [...project.services.values()];
    const jobs = new Set(
      services
        .flatMap((it) => it.dependsOn)
        .filter((it) => it.condition?.value === "service_completed_successfully")
        .map((it) => it.service.value),
    );
    for (const { name, node, profiles, complete, restart } of services) {
      if (!node || !complete || profiles.length > 0 || jobs.has(name.value) || restart) continue;
      const deploy = entryAt(node, "deploy")?.value;
      if (["restart", "provider", "extends"].some((it) => entryAt(node, it))) continue;
      if (entryAt(deploy, "restart_policy")) continue;
      const edits = appendEntry(project.file, node, { key: "restart", value: "unless-stopped" });
      report(name.span, `${name.value} is not started again when it ends or the machine restarts.`, {
        fixes: edits ? [{ kind: "unsafe", title: "Start it again unless it was stopped", edits }] : [],
      });
    }
  },
});
