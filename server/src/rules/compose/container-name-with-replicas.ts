import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { removeKey } from "../writing/compose/remove-key.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const containerNameWithReplicas = composeRule({
  id: "container-name-with-replicas",
  title: "One name for several containers",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`container_name\` of a service with more than one container by \`deploy.replicas\` or \`scale\`.`,
    why: source`
      A name belongs to one container only, so Compose refuses to start the service.`,
    bad: source`
      services:
        web:
          image: nginx:1.30
          container_name: web
                          ^^^ container-name-with-replicas: 3 containers of web cannot all be called web.
          scale: 3`,
    good: source`
      services:
        web:
          image: nginx:1.30
          scale: 3`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const { name, containerName, replicas } = service;
      if (!containerName || !replicas || replicas.value < 2) continue;
      const message = `${replicas.value} containers of ${name.value} cannot all be called ${containerName.value}.`;
      once(containerName.span, message, {
        related: [{ message: "Their number is set here.", span: replicas.span }],
        fixes: removeKey("container_name", "Remove container_name", project, service),
      });
    }
  },
});
