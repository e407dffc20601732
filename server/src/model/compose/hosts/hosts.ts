import { entryAt, valueAt } from "../../../syntax/compose/find.ts";
import { type ComposeProject, notedOnService, type Service } from "../project.ts";

/**
 * Names by which containers of the project can be reached from one another, lower case: services, container names, aliases,
 * links, host names and entries of `extra_hosts`. Taken from all services alike, since a name that one of them has is no slip.
 */
export function hostNames({ services }: ComposeProject): ReadonlySet<string> {
  const names = new Set<string>(["localhost"]);
  for (const service of services.values()) {
    for (const it of ownHostNames(service)) names.add(it);
    for (const it of givenHosts(service)) names.add(it);
  }
  return names;
}

/** Names by which others look a service up, lower case. */
export const ownHostNames = notedOnService(({ name, containerName, hostname, networks }): readonly string[] =>
  [name, containerName, hostname, ...networks.flatMap((it) => it.aliases)].flatMap(
    (it) => it?.value.toLowerCase() ?? [],
  ),
);

/** Names that `links` and `extra_hosts` of a service give, lower case. */
export const givenHosts = notedOnService(({ links, extraHosts }): readonly string[] =>
  [...links, ...extraHosts].map((it) => it.value.toLowerCase()),
);

/** Compose calls containers `project-service-1`, formerly with `_`; that name can be looked up too. */
export function isContainerOf(host: string, { services }: ComposeProject): boolean {
  const [, name = ""] = /^(.+)[-_]\d+$/.exec(host) ?? [];
  // Project and service can hold the separator too, so each place of one may be the border.
  return [...name.matchAll(/[-_]/g)].some(({ index }) => services.has(name.slice(index + 1)));
}

/**
 * Can the service look up names that the project does not tell? True on networks that others share, in another container's
 * network or the host's, and with its own name servers.
 */
export function mayReachOthers(service: Service, { networks }: ComposeProject): boolean {
  const used = networksAlone(service);
  if (!used) return true;
  return used.some((it) => networks.get(it)?.external === true || (it !== "default" && !networks.has(it)));
}

/** The networks by which alone it finds others; undefined where it may in another way. */
const networksAlone = notedOnService((service): readonly string[] | undefined => {
  if (entryAt(service.node, "network_mode") || !service.complete || !service.networksComplete)
    return undefined;
  if (["dns", "dns_search", "domainname"].some((it) => valueAt(service.node, it))) return undefined;
  return service.networks.length > 0 ? service.networks.map((it) => it.name.value) : ["default"];
});
