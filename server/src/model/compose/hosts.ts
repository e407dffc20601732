import { entryAt, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeProject, Service } from "./project.ts";

/**
 * Names by which containers of the project can be reached from one another, lower case: services, container names, aliases,
 * links, host names and entries of `extra_hosts`. Taken from all services alike, since a name that one of them has is no slip.
 */
export function hostNames({ services }: ComposeProject): ReadonlySet<string> {
  const names = new Set<string>(["localhost"]);
  for (const service of services.values()) {
    const { name, containerName, hostname, links, extraHosts, networks } = service;
    const aliases = networks.flatMap((it) => it.aliases);
    for (const it of [name, containerName, hostname, ...links, ...extraHosts, ...aliases]) {
      if (it) names.add(it.value.toLowerCase());
    }
  }
  return names;
}

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
  if (entryAt(service.node, "network_mode") || !service.complete || !service.networksComplete) return true;
  if (["dns", "dns_search", "domainname"].some((it) => valueAt(service.node, it))) return true;
  const used = service.networks.length > 0 ? service.networks.map((it) => it.name.value) : ["default"];
  return used.some((it) => networks.get(it)?.external === true || (it !== "default" && !networks.has(it)));
}
