import { dependencyNames } from "../../model/compose/dependencies.ts";
import { endpointsOf, servicesByHost } from "../../model/compose/hosts/endpoints.ts";
import { isWithin } from "../../model/compose/hosts/listening.ts";
import { type ComposeProject, notedOnService, type Service } from "../../model/compose/project.ts";
import { serverOf } from "../../model/compose/servers/known-server.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { gatewayFilesOf } from "../knowledge/compose/gateway-files.ts";
import { traefiksOf } from "../knowledge/compose/traefik-entry-points.ts";
import { labelTextsOf, traefikLabelsIn } from "../knowledge/compose/traefik-labels.ts";
import { composeRule } from "../rule.ts";
import { removeKey } from "../writing/compose/remove-key.ts";

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
      ports of its own passes requests to, as its configuration or labels for Traefik say; where that cannot be read, of what it depends on or names in
      a variable. Ports on 127.0.0.1, other ports than the configuration names, and databases are left alone.`,
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
    const behind = new Map<Service, Behind>();
    const add = (to: Service | undefined, gateway: Service, port?: number) => {
      if (!to || to === gateway || isGateway(to)) return;
      const known = behind.get(to);
      const isAny = port === undefined || (known && !known.ports);
      behind.set(to, { gateway, ports: isAny ? undefined : [...(known?.ports ?? []), port] });
    };
    const byHost = servicesByHost(project);
    const read = gatewayFilesOf(project).filter(
      (it) => it.hosts.length > 0 && it.does === "passes requests to",
    );
    for (const { gateway, hosts } of read)
      if (publishes(gateway))
        for (const { host, port } of hosts) add(byHost.get(host.toLowerCase()), gateway, port);
    const [traefik, other] = traefiksOf(project);
    if (traefik && !other && publishes(traefik))
      for (const [service, ports] of routedTo(project)) {
        if (ports.length === 0) add(service, traefik);
        for (const port of ports) add(service, traefik, port);
      }
    // Where its configuration is read, that alone says what is behind a proxy.
    const unread = [...project.services.values()].filter(
      (it) => isGateway(it) && !servesFiles(it) && !read.some(({ gateway }) => gateway === it),
    );
    const named = new Map<Service, Service[]>(unread.map((it) => [it, []]));
    for (const { from, to } of unread.length > 0 ? endpointsOf(project) : []) named.get(from)?.push(to);
    for (const [gateway, hosts] of named) {
      const others = dependencyNames(gateway).flatMap((it) => project.services.get(it) ?? []);
      // A database is waited for, and not passed requests to.
      for (const to of [...others, ...hosts]) if (!serverOf(to)) add(to, gateway);
    }
    for (const [service, { gateway, ports: passed }] of behind) {
      const open = openPorts(service).filter((it) =>
        passed
          ? passed.some((port) => isWithin(port, it.target, it.lastTarget))
          : !NO_WEB.has(it.target ?? 0),
      );
      const ports = open.length > 0 ? entryAt(service.node, "ports") : undefined;
      if (!ports?.value) continue;
      const name = service.name.value;
      report(ports.value.span, `${name} is behind ${gateway.name.value}, and can be reached past it.`, {
        related: [{ message: `${gateway.name.value} is here.`, span: gateway.name.span }],
        fixes: () => removeKey("ports", "Remove the ports", project, service),
      });
    }
  },
});

/** Services with a router of Traefik by labels, and the ports that labels tell it; none where it takes the one that is exposed. */
function routedTo(project: ComposeProject): ReadonlyMap<Service, readonly number[]> {
  const found = new Map<Service, number[]>();
  const { labels } = traefikLabelsIn(project);
  for (const { service, kind, protocol } of labels) {
    const isOff = labelTextsOf(service.node).some((it) => /^traefik\.enable\s*=\s*["']?false/i.test(it));
    if (kind === "routers" && protocol === "http" && !isOff) found.set(service, []);
  }
  for (const { service, option, value } of labels)
    if (option === "loadbalancer.server.port" && /^\d+$/.test(value)) found.get(service)?.push(Number(value));
  return found;
}

/** Ports of mail, shells, brokers and debuggers, which no proxy of the web stands in front of. */
const NO_WEB: ReadonlySet<number> = new Set([
  21, 22, 25, 53, 110, 143, 465, 587, 993, 995, 1883, 2222, 5005, 5671, 5672, 8883, 9003, 9092, 9229,
]);

interface Behind {
  readonly gateway: Service;
  /** Ports that requests are passed to; undefined where they may be any. */
  readonly ports: readonly number[] | undefined;
}

/** Ports of the container that other machines reach by those of the host. */
const openPorts = notedOnService(({ ports }) =>
  ports
    .filter((it) => it.known && !/^(?:127\.|::1$)/.test(it.hostAddress ?? ""))
    .map(({ target, lastTarget }) => ({ target, lastTarget })),
);

/** Given pages to serve and no configuration, a web server passes nothing on. */
const servesFiles = notedOnService(({ mounts, configs }): boolean => {
  const targets = [...mounts.map((it) => it.target.value), ...configs.map((it) => it.target ?? HOLE)];
  const isPages = (it: string) =>
    /^\/(?:usr\/share\/nginx\/html|usr\/local\/apache2\/htdocs|srv)(?:\/|$)/.test(it);
  return (
    targets.some(isPages) && targets.every((it) => isPages(it) || /^\/(?:data|config|var)(?:\/|$)/.test(it))
  );
});

const publishes = notedOnService(({ ports }) => ports.length > 0);

const isGateway = notedOnService(({ image, imageBuild, ports }): boolean => {
  const name = imageBuild ? undefined : image?.value.name.split("/").at(-1);
  return (
    ports.length > 0 &&
    /^(?:nginx|nginx-unprivileged|openresty|caddy|traefik|haproxy|envoy|httpd)$/.test(name ?? "")
  );
});
