import { internalAlone } from "../../model/compose/hosts/internal-networks.ts";
import type { ComposeProject, PortMapping } from "../../model/compose/project.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import { remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const replicasWithFixedPort = composeRule({
  id: "replicas-with-fixed-port",
  title: "More containers than ports of the host",
  severity: "warning",
  tags: ["run"],
  aliases: ["S86"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a fixed port of the host, or a range that is too short, for a service with more than one container by
      \`deploy.replicas\` or \`scale\`. Services that are plainly for a swarm are left alone.`,
    why: source`
      The first container gets the port, the others do not start: "port is already allocated". Only a swarm shares one port
      among the containers of a service.`,
    bad: source`
      services:
        web:
          image: nginx:1.30
          deploy:
            replicas: 3
          ports:
            - "8080:80"
              ^^^^^^^^^ replicas-with-fixed-port: 3 containers of web want the same port of the host.`,
    good: source`
      services:
        web:
          image: nginx:1.30
          deploy:
            replicas: 3
          ports:
            - "8080-8082:80"`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const { name, replicas, ports, networkMode, node } = service;
      if (!replicas || replicas.value < 2 || networkMode || isForSwarm(valueAt(node, "deploy"))) continue;
      if (internalAlone(service, project).length > 0) continue;
      for (const port of ports) {
        const { published, lastPublished, target, lastTarget, known } = port;
        if (!known || published === undefined || lastPublished === undefined || target === undefined)
          continue;
        const each = (lastTarget ?? target) - target + 1;
        const available = lastPublished - published + 1;
        if (available >= each * replicas.value) continue;
        const which = available === 1 ? "the same port" : `${available} ports`;
        once(port.span, `${replicas.value} containers of ${name.value} want ${which} of the host.`, {
          related: [{ message: "Their number is set here.", span: replicas.span }],
          fixes: anyPort(project, port),
        });
      }
    }
  },
});

/** Only a swarm has a use for these. */
function isForSwarm(deploy: YamlNode | undefined): boolean {
  const mode = valueAt(deploy, "mode");
  // `replicated` is how Compose starts them too.
  if (mode && !(mode.kind === "scalar" && mode.value === "replicated")) return true;
  return ["placement", "update_config", "rollback_config", "endpoint_mode"].some((it) => valueAt(deploy, it));
}

/** The engine picks a free port for each; whoever uses the fixed one has to ask for it then. */
function anyPort(
  { file }: ComposeProject,
  { text, publishedText, hostAddress }: PortMapping,
): readonly Fix[] {
  if (!text || !publishedText || text.shared || hostAddress !== undefined) return [];
  const whole = text.spanOf(0, text.value.length);
  if (file.text.slice(whole.start, whole.end) !== text.value) return [];
  const end = whole.start + publishedText.value.length + 1;
  return [
    {
      kind: "unsafe",
      title: "Let the engine pick a port of the host for each",
      edits: [remove({ start: whole.start, end })],
    },
  ];
}
