import { internalAlone } from "../../model/compose/hosts/internal-networks.ts";
import { serverOf } from "../../model/compose/servers/known-server.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { removeKey } from "../writing/compose/remove-key.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const portsInHostNetwork = composeRule({
  id: "ports-in-host-network",
  title: "Published ports of a service without a network of its own",
  severity: "warning",
  tags: ["run"],
  aliases: ["S68"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`ports\` of a service that is on the host's network (\`network_mode: host\`), in another container's
      (\`service:\`, \`container:\`), on none, or on internal networks alone.`,
    why: source`
      On the host's network the program listens on the host itself, and the mapping is left out. In another container's the
      engine refuses to start it: the ports are that container's to publish. An internal network has no way to the host.`,
    bad: source`
      services:
        web:
          image: nginx:1.30
          network_mode: host
          ports: ["8080:80"]
                 ^^^^^^^^^^^ ports-in-host-network: web is on the host's network, so these ports are not mapped.`,
    good: source`
      services:
        web:
          image: nginx:1.30
          network_mode: host`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const ports = entryAt(service.node, "ports");
      const { networkMode, name } = service;
      if (!ports?.value || service.ports.length === 0) continue;
      if (!networkMode) {
        // Of a database it is told that its port is published at all.
        const internal = serverOf(service) ? [] : internalAlone(service, project);
        const [first] = internal;
        if (!first) continue;
        const where = internal.map((it) => it.name.value).join(", ");
        once(
          ports.value.span,
          `${name.value} is only on internal networks (${where}), so these ports are not mapped.`,
          {
            related: [{ message: "The network is chosen here.", span: first.name.span }],
            fixes: removeKey("ports", "Remove the ports", project, service),
          },
        );
        continue;
      }
      const other = /^(?:service|container):(.+)$/.exec(networkMode.value)?.[1];
      const message = other
        ? `${name.value} is in the network of ${other}, so it cannot be started with ports of its own.`
        : networkMode.value === "host"
          ? `${name.value} is on the host's network, so these ports are not mapped.`
          : networkMode.value === "none"
            ? `${name.value} is on no network, so nothing reaches these ports.`
            : undefined;
      if (message === undefined) continue;
      once(ports.value.span, message, {
        severity: other ? "error" : "warning",
        related: [{ message: "The network is chosen here.", span: networkMode.span }],
        fixes: removeKey("ports", "Remove the ports", project, service),
      });
    }
  },
});
