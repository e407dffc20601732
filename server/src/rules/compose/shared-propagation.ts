import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const sharedPropagation = composeRule({
  id: "shared-propagation",
  title: "Mount of a container that appears on the host",
  severity: "info",
  tags: ["security"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a bind mount with the propagation \`shared\` or \`rshared\`. \`slave\` and \`rslave\`, which go from the host to the
      container only, are left alone.`,
    why: source`
      What the container mounts below that folder is mounted on the host as well, over what stands there, and for all other
      containers that have it.`,
    bad: source`
      services:
        storage:
          image: example/storage:1.0
          volumes:
            - /mnt/data:/data:rshared
                              ^^^^^^^ shared-propagation: What storage mounts below /data is mounted on the host too.`,
    good: source`
      services:
        storage:
          image: example/storage:1.0
          volumes:
            - /mnt/data:/data:rslave`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { name, mounts } of project.services.values())
      for (const { propagation, target } of mounts)
        if (propagation && /^r?shared$/.test(propagation.value))
          once(
            propagation.span,
            `What ${name.value} mounts below ${target.known ? target.value : "this folder"} is mounted on the host too.`,
          );
  },
});
