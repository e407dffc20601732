import { removeEntry } from "../../model/compose/edit/remove-entry.ts";
import { endpointsOf, servicesByHost } from "../../model/compose/endpoints.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { gatewayFilesOf } from "../knowledge/gateway-files.ts";
import { composeRule, type Fix } from "../rule.ts";

export const bypassesGateway = composeRule({
  id: "bypasses-gateway",
  title: "Service that can be reached past the proxy before it",
  severity: "hint",
  tags: ["security"],
  aliases: [],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports published ports of a service that a reverse proxy of the project (nginx, Caddy, Traefik, HAProxy, Envoy) with
      ports of its own depends on or names, in a variable or in its configuration. Ports on 127.0.0.1 are left alone.`,
    why: source`
      What the proxy does for the service (TLS, logins, limits) is not done for those who take the other port.`,
    bad: source`
      services:
        gateway:
          image: nginx:1.30
          ports: ["443:443"]
          depends_on: [api]
        api:
          image: example/api:1.4
          ports: ["8080:8080"]
                 ^^^^^^^^^^^^^ bypasses-gateway: api is behind gateway, and can be reached past it.`,
    good: source`
      services:
        gateway:
          image: nginx:1.30
          ports: ["443:443"]
          depends_on: [api]
        api:
          image: example/api:1.4`,
  },

  check(project, report) {
    const named = new Map<Service, Service[]>();
    for (const { from, to } of endpointsOf(project))
      if (isGateway(from)) named.set(from, [...(named.get(from) ?? []), to]);
    const behind = new Map<Service, Service>();
    for (const gateway of project.services.values()) {
      if (!isGateway(gateway)) continue;
      for (const { service } of gateway.dependsOn) {
        const other = project.services.get(service.value);
        if (other && !isGateway(other)) behind.set(other, gateway);
      }
      for (const to of named.get(gateway) ?? []) if (!isGateway(to)) behind.set(to, gateway);
    }
    const byHost = servicesByHost(project);
    for (const { gateway, hosts } of gatewayFilesOf(project)) {
      for (const { host } of gateway.ports.length > 0 ? hosts : []) {
        const to = byHost.get(host.toLowerCase());
        if (to && to !== gateway && !isGateway(to)) behind.set(to, gateway);
      }
    }
    for (const [service, gateway] of behind) {
      const ports = entryAt(service.node, "ports");
      const open = service.ports.filter((it) => it.known && !/^(?:127\.|::1$)/.test(it.hostAddress ?? ""));
      if (!ports?.value || open.length === 0) continue;
      const name = service.name.value;
      report(ports.value.span, `${name} is behind ${gateway.name.value}, and can be reached past it.`, {
        related: [{ message: `${gateway.name.value} is here.`, span: gateway.name.span }],
        fixes: removePorts(project, service),
      });
    }
  },
});

function isGateway({ image, build, ports }: Service): boolean {
  const name = build ? undefined : image?.value.name.split("/").at(-1);
  return (
    ports.length > 0 &&
    /^(?:nginx|nginx-unprivileged|openresty|caddy|traefik|haproxy|envoy|httpd)$/.test(name ?? "")
  );
}

function removePorts({ file }: ComposeProject, { node }: Service): readonly Fix[] {
  const entry = entryAt(node, "ports");
  const edits = node && entry ? removeEntry(file, node, entry) : undefined;
  return edits ? [{ kind: "unsafe", title: "Remove the ports", edits }] : [];
}
