import { entryAt } from "../../syntax/compose/find.ts";
import type { Span } from "../../text/span.ts";
import { type HostReference, hostReferences } from "./host-reference.ts";
import type { ComposeProject, EnvironmentEntry, ResolvedText, Service } from "./project.ts";

/** A place where a variable of one service certainly names another service of the project as a host. */
export interface Endpoint {
  readonly from: Service;
  readonly to: Service;
  readonly entry: EnvironmentEntry;
  readonly value: ResolvedText;
  readonly reference: HostReference;
  /** Where the host is written. */
  readonly span: Span;
}

/**
 * Where the services name each other, in variables that stand in the file itself. Left out are services in the network of
 * another container or the host, and names that more than one service has, or that `links` and `extra_hosts` may give to
 * something else.
 */
export function endpointsOf(project: ComposeProject): readonly Endpoint[] {
  const known = found.get(project) ?? findEndpoints(project);
  found.set(project, known);
  return known;
}

/** Several rules ask the same of a project. */
const found = new WeakMap<ComposeProject, readonly Endpoint[]>();

function findEndpoints(project: ComposeProject): readonly Endpoint[] {
  const byHost = servicesByHost(project);
  return [...project.services.values()].flatMap((from) => {
    if (entryAt(from.node, "network_mode") || from.networkMode || !from.complete) return [];
    const given = new Set([...from.links, ...from.extraHosts].map((it) => it.value.toLowerCase()));
    return from.environment.flatMap((entry) => {
      const { value, inFile } = entry;
      if (!value || inFile) return [];
      return hostReferences(entry).flatMap((reference): Endpoint[] => {
        const host = reference.host.toLowerCase();
        const to = given.has(host) ? undefined : byHost.get(host);
        if (!to || to === from) return [];
        return [{ from, to, entry, value, reference, span: value.spanOf(reference.start, reference.end) }];
      });
    });
  });
}

/** Services by the names that others look them up by, lower case; undefined where several services have a name. */
export function servicesByHost({ services }: ComposeProject): ReadonlyMap<string, Service | undefined> {
  const named = new Map<string, Service | undefined>();
  for (const service of services.values()) {
    const { name, containerName, hostname, networks } = service;
    const aliases = networks.flatMap((it) => it.aliases);
    for (const it of [name, containerName, hostname, ...aliases]) {
      const key = it?.value.toLowerCase();
      if (key !== undefined)
        named.set(key, named.has(key) && named.get(key) !== service ? undefined : service);
    }
  }
  return named;
}
