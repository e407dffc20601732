import { entryAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const foreignCgroup = composeRule({
  id: "foreign-cgroup",
  title: "Service below a control group of its own choice",
  severity: "hint",
  tags: ["security"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: false,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a service with \`cgroup_parent\`, whatever its value is. Runs only when asked for.`,
    why: source`
      The service shares the limits of that group with whatever else is in it, instead of those that the engine was given for
      its containers. Where no one looks after that group, one service can take the resources of the machine.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          cgroup_parent: system.slice
                         ^^^^^^^^^^^^ foreign-cgroup: api shares the limits of system.slice, not those of the engine's containers.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          mem_limit: 512m`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { name, node } of project.services.values()) {
      const value = entryAt(node, "cgroup_parent")?.value;
      if (value?.kind !== "scalar" || value.value === "" || value.type === "null") continue;
      once(
        value.span,
        `${name.value} shares the limits of ${value.value}, not those of the engine's containers.`,
      );
    }
  },
});
