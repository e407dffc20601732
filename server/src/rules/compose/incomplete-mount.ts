import { knownAt } from "../../model/compose/reading/known-at.ts";
import { entriesOf, entryAt, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const incompleteMount = composeRule({
  id: "incomplete-mount",
  title: "Mount, device or watch that does not say where",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a mount or a device in the long form without \`target\`, a bind mount without \`source\`, and a watch that syncs files
      without the \`target\` in the container.`,
    why: source`
      Compose refuses the whole project: "missing a mount target", "target is required for non-rebuild actions".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          volumes:
            - type: bind
              ^^^^ incomplete-mount: A bind mount needs \`source\`.
              target: /data`,
    good: source`
      services:
        api:
          image: example/api:1.4
          volumes:
            - type: bind
              source: ./data
              target: /data`,
  },

  check(project, report) {
    if (!project.single) return;
    const once = reportOnce(report);
    for (const { node: service } of project.services.values()) {
      for (const mount of itemsOf(valueAt(service, "volumes"))) {
        const type = entriesOf(mount)[0]?.key;
        if (!type) continue;
        if (!entryAt(mount, "target")) once(type.span, "A mount needs `target`.");
        else if (knownAt(project, mount, "type")?.value === "bind" && !entryAt(mount, "source"))
          once(type.span, "A bind mount needs `source`.");
      }
      for (const device of itemsOf(valueAt(service, "devices"))) {
        const first = device.kind === "mapping" ? entriesOf(device)[0]?.key : undefined;
        if (first && !entryAt(device, "target")) once(first.span, "A device needs `target`.");
      }
      for (const watch of itemsOf(valueAt(valueAt(service, "develop"), "watch"))) {
        const action = knownAt(project, watch, "action");
        if (!action || !SYNCS.has(action.value) || entryAt(watch, "target")) continue;
        once(action.node.span, `\`${action.value}\` needs \`target\`: where the files go in the container.`);
      }
    }
  },
});

const SYNCS: ReadonlySet<string> = new Set(["sync", "sync+restart", "sync+exec"]);
