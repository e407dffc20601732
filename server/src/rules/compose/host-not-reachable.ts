import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import { appendItem } from "../../model/compose/edit/append-item.ts";
import { type Endpoint, endpointsOf, servicesByHost } from "../../model/compose/hosts/endpoints.ts";
import { hostsNamedIn, placeAt } from "../../model/compose/hosts/host-reference.ts";
import { givenHosts } from "../../model/compose/hosts/hosts.ts";
import { haveCommon, ownNetworksOf, sharesNetworkWith } from "../../model/compose/hosts/shared-networks.ts";
import { type ComposeProject, notedOnService, type Service } from "../../model/compose/project.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { gatewayFilesOf } from "../knowledge/compose/gateway-files.ts";
import { traefiksOf } from "../knowledge/compose/traefik-entry-points.ts";
import { labelTextsOf } from "../knowledge/compose/traefik-labels.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
import { entryPlace, reportEntry } from "../writing/compose/entry-place.ts";
import { type OnceReport, reportOnce } from "../writing/compose/report-once.ts";

export const hostNotReachable = composeRule({
  id: "host-not-reachable",
  title: "Host on another network",
  severity: "warning",
  tags: ["run"],
  aliases: ["S67"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports the name of another service in a URL or a variable such as \`DB_HOST\` when the two services have no network in common, or
      one of them is on the host's network, in another container's or on none. Also a service with labels for Traefik that is not on a
      network of Traefik's. Nothing is said when a part of the project is not known, or a network is one from outside.`,
    why: source`
      Containers find each other only on a network that both are on. A service with networks of its own is no longer on the
      \`default\` one, so the name of the other is not found.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          networks: [front]
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
                                                        ^^ host-not-reachable: api is on front and db on back, so api does not find it.
        db:
          image: postgres:18
          networks: [back]
      networks:
        front:
        back:`,
    good: source`
      services:
        api:
          image: example/api:1.4
          networks: [front, back]
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
        db:
          image: postgres:18
          networks: [back]
      networks:
        front:
        back:`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    let reached: ReadonlySet<string> | undefined;
    for (const endpoint of endpointsOf(project)) {
      const { from, to } = endpoint;
      const own = ownNetworksOf(from, project);
      const others = ownNetworksOf(to, project);
      if (!own || !others || haveCommon(own, others)) continue;
      const name = from.name.value;
      const message = `${name} is on ${listed(own)} and ${to.name.value} on ${listed(others)}, so ${name} does not find it.`;
      const { written } = endpoint;
      const named = whereNamed(endpoint);
      if (named !== undefined) {
        reached ??= reachedElsewhere(project);
        if (reached.has(named)) continue;
      }
      const place =
        written && entryPlace(project, written.entry, endpoint.reference.start, endpoint.reference.end);
      if (!place) continue;
      const finding = {
        related: [{ message: `The service ${to.name.value} is here.`, span: to.name.span }],
        fixes: others.slice(0, MOST_NETWORKS).flatMap((it) => join(project, from, it)),
      };
      reportEntry(once, place, message, finding);
    }
    checkGateways(project, once);
    checkTraefik(project, once);
    checkModes(project, once);
  },
});

/** The environment file or the entry that names which service: one for all services that are given it, by an anchor too. */
function whereNamed({ to, written }: Endpoint): string | undefined {
  if (!written) return undefined;
  const { file, name } = written.entry;
  return `${file?.path ?? name.span.start} ${to.name.value}`;
}

/** Those by which a service finds the other one: they are written for it, and others are given them for what else stands there. Asks all services. */
function reachedElsewhere(project: ComposeProject): ReadonlySet<string> {
  const reached = new Set<string>();
  for (const endpoint of endpointsOf(project)) {
    const named = whereNamed(endpoint);
    if (named === undefined) continue;
    const own = ownNetworksOf(endpoint.from, project);
    const others = ownNetworksOf(endpoint.to, project);
    if (!own || !others || haveCommon(own, others)) reached.add(named);
  }
  return reached;
}

/** Services that Traefik finds by their labels, and does not reach. */
function checkTraefik(project: ComposeProject, report: Report): void {
  const [traefik, second] = traefiksOf(project);
  const own = traefik && !second ? ownNetworksOf(traefik, project) : undefined;
  if (!traefik || !own) return;
  for (const service of project.services.values()) {
    if (service === traefik || !routesTo(service)) continue;
    const others = ownNetworksOf(service, project);
    if (!others || haveCommon(own, others)) continue;
    const [name, proxy] = [service.name.value, traefik.name.value];
    const message = `${name} is on ${listed(others)} and ${proxy} on ${listed(own)}, so ${proxy} does not reach it.`;
    report(service.name.span, message, {
      related: [{ message: `The service ${proxy} is here.`, span: traefik.name.span }],
      fixes: own.slice(0, MOST_NETWORKS).flatMap((it) => join(project, service, it)),
    });
  }
}

/** Has it a router by labels, and is not switched off? */
const routesTo = notedOnService(({ node, replicas }): boolean => {
  const texts = labelTextsOf(node);
  const isOff = texts.some((it) => /^traefik\.enable\s*=\s*["']?false/i.test(it));
  return (
    replicas?.value !== 0 && !isOff && texts.some((it) => /^traefik\.(?:http|tcp|udp)\.routers\./i.test(it))
  );
});

/** Names of services are known on networks of the project alone. */
function checkModes(project: ComposeProject, report: OnceReport): void {
  const all = [...project.services.values()];
  if (!all.some((it) => modeOf(it) !== "")) return;
  const byHost = servicesByHost(project);
  let counts: ReadonlyMap<string, number> | undefined;
  const givenTo = (path: string) => {
    counts ??= countFiles(all);
    return counts.get(path);
  };
  for (const from of all) {
    const mode = modeOf(from);
    const isApart = mode === "host" || mode === "none";
    if (mode === undefined || (mode !== "" && !isApart)) continue;
    for (const { at, reference } of hostsNamedIn(from)) {
      const host = reference.host.toLowerCase();
      const to = givenHosts(from).includes(host) ? undefined : byHost.get(host);
      const other = to && modeOf(to);
      if (!to || to === from || other === undefined || (!isApart && other === "")) continue;
      const why = isApart ? apart(from, mode) : apart(to, other);
      const entry = why && placeAt(from, at);
      // A file that others are given too holds what they need.
      if (!entry || (entry.file && (givenTo(entry.file.path) ?? 0) > 1)) continue;
      const place = entryPlace(project, entry, reference.start, reference.end);
      if (!place) continue;
      const message = `${why}, so ${from.name.value} does not find ${reference.host} by its name.`;
      const { start, end } = reference;
      const holder = isApart ? undefined : /^service:(.+)$/.exec(other)?.[1];
      const isFound = holder !== undefined && modeOf(project.services.get(holder) ?? to) === "";
      reportEntry(report, place, message, {
        related: [{ message: `The service ${to.name.value} is here.`, span: to.name.span }],
        fixes: isFound
          ? place.fix("unsafe", `Replace ${reference.host} with ${holder}`, { start, end, text: holder })
          : [],
      });
    }
  }
}

/** Paths of the environment files that a service is given. */
const filesOf = notedOnService(
  ({ environment }): ReadonlySet<string> => new Set(environment.flatMap((it) => it.file?.path ?? [])),
);

/** How many services are given an environment file, by its path. */
function countFiles(services: readonly Service[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const service of services)
    for (const path of filesOf(service)) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}

/** `network_mode` of a service, empty without; undefined where it is not known. */
const modeOf = notedOnService(({ complete, networkMode, node }): string | undefined => {
  if (!complete || networkMode?.value.includes(HOLE)) return undefined;
  return networkMode?.value ?? (valueAt(node, "network_mode") ? undefined : "");
});

/** Undefined for a service on networks of its own. */
function apart({ name: { value: name } }: Service, mode: string): string | undefined {
  if (mode === "host") return `${name} is on the host's network`;
  if (mode === "none") return `${name} is on no network`;
  const other = /^(?:service|container):(.+)$/.exec(mode)?.[1];
  return other === undefined ? undefined : `${name} is in the network of ${other}`;
}

/** What the configuration of a proxy passes requests to. */
function checkGateways(project: ComposeProject, report: Report): void {
  const byHost = servicesByHost(project);
  for (const { gateway, hosts, path, place, does } of gatewayFilesOf(project)) {
    const apart = new Set(
      hosts.flatMap(({ host }) => {
        const to = byHost.get(host.toLowerCase());
        return to && to !== gateway && sharesNetworkWith(gateway, to, project) === "no" ? [to] : [];
      }),
    );
    for (const to of apart) {
      const own = ownNetworksOf(gateway, project) ?? [];
      const others = ownNetworksOf(to, project) ?? [];
      const [name, other] = [gateway.name.value, to.name.value];
      const message = `${path} ${does} ${other}, which is on ${listed(others)} and ${name} on ${listed(own)}, so ${name} does not find it.`;
      report(place, message, {
        related: [{ message: `The service ${other} is here.`, span: to.name.span }],
        fixes: others.slice(0, MOST_NETWORKS).flatMap((it) => join(project, gateway, it)),
      });
    }
  }
}

/** Nobody picks from a list of more. */
const MOST_NETWORKS = 20;

function listed(networks: readonly string[]): string {
  const more = networks.length - MOST_NETWORKS;
  return `${networks.slice(0, MOST_NETWORKS).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function join({ file }: ComposeProject, from: Service, network: string): readonly Fix[] {
  const { node } = from;
  const isPlain = /^[a-zA-Z][\w.-]*$/.test(network);
  if (!node || !isPlain) return [];
  const written = valueAt(node, "networks");
  // A service without networks is on the default one, and leaves it with the first of its own.
  const edits = !written
    ? from.networks.length > 0
      ? undefined
      : appendEntry(file, node, { key: "networks", value: `[default, ${network}]` })
    : written.kind === "mapping"
      ? appendEntry(file, written, { key: network, value: undefined })
      : appendItem(file, node, "networks", network);
  return edits ? [{ kind: "unsafe", title: `Put ${from.name.value} on ${network}`, edits }] : [];
}
