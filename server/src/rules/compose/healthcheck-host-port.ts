import { isWithin } from "../../model/compose/hosts/listening.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { mayServe, servedPorts } from "../knowledge/compose/served-ports.ts";
import { containerPort } from "../knowledge/compose/written-ports.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const healthcheckHostPort = composeRule({
  id: "healthcheck-host-port",
  title: "Health check that asks the port of the host",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "services",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`localhost:8080\` in the health check of a service that publishes \`8080:80\` and certainly listens on 80: by its command,
      a variable, a mounted configuration, or what its image or Dockerfile exposes. Nothing is said where something else in the
      service speaks of the port.`,
    why: source`
      The check runs in the container, where nothing listens on the port that the host was given. The service stays unhealthy,
      and what waits for it is never started.`,
    bad: source`
      services:
        web:
          image: nginx:1.30
          ports: ["127.0.0.1:8080:80"]
          healthcheck:
            test: curl -f http://localhost:8080/
                                           ^^^^ healthcheck-host-port: 8080 is web's port on the host; in its container it is 80.`,
    good: source`
      services:
        web:
          image: nginx:1.30
          ports: ["127.0.0.1:8080:80"]
          healthcheck:
            test: curl -f http://localhost:80/`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const { healthcheck, ports, name } = service;
      if (!healthcheck || healthcheck.disabled || !healthcheck.certain || ports.length === 0) continue;
      for (const text of healthcheck.texts) {
        for (const match of text.value.matchAll(ASKED)) {
          const port = Number(match[1]);
          const target = containerPort(service, port);
          if (target === undefined || ports.some((it) => isWithin(port, it.target, it.lastTarget))) continue;
          const served = servedPorts(service, project);
          if (!served?.ports.includes(target) || mayServe(service, port, served)) continue;
          const end = match.index + match[0].length;
          const span = text.spanOf(end - `${port}`.length, end);
          const isWritten = project.file.text.slice(span.start, span.end) === `${port}`;
          once(span, `${port} is ${name.value}'s port on the host; in its container it is ${target}.`, {
            related: ports
              .filter((it) => it.published === port)
              .map((it) => ({ message: `${name.value} is given the port of the host here.`, span: it.span })),
            fixes: isWritten
              ? [
                  {
                    kind: "unsafe",
                    title: `Replace ${port} with ${target}`,
                    edits: [replace(span, `${target}`)],
                  },
                ]
              : [],
          });
        }
      }
    }
  },
});

const ASKED = /(?<![\w.-])(?:localhost|127\.0\.0\.1):([1-9]\d{1,4})(?!\d)/g;
