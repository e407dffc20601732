import { entryAt } from "../../../syntax/compose/find.ts";
import type { Span } from "../../../text/span.ts";
import {
  type ComposeProject,
  type EnvironmentEntry,
  notedOnService,
  type ResolvedText,
  type Service,
} from "../project.ts";
import { type HostReference, hostsNamedIn, type NamedHost, placeAt } from "./host-reference.ts";
import { givenHosts, ownHostNames } from "./hosts.ts";

/** A place where a variable of one service certainly names another service of the project as a host. */
export class Endpoint {
  readonly from: Service;
  readonly to: Service;
  /** The same object as long as `from` is the same. */
  readonly reference: HostReference;
  readonly #at: number;

  constructor(from: Service, to: Service, { reference, at }: NamedHost) {
    this.from = from;
    this.to = to;
    this.reference = reference;
    this.#at = at;
  }

  /** As it stands in the file, for which `from` has to be read. */
  get written(): WrittenEndpoint | undefined {
    const { from, to, reference } = this;
    const entry = placeAt(from, this.#at);
    const value = entry?.value;
    return value && { from, to, reference, entry, value, span: value.spanOf(reference.start, reference.end) };
  }
}

export interface WrittenEndpoint {
  readonly from: Service;
  readonly to: Service;
  readonly reference: HostReference;
  readonly entry: EnvironmentEntry;
  readonly value: ResolvedText;
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
  const named = servicesByHost(project);
  const endpoints: Endpoint[] = [];
  for (const from of project.services.values())
    for (const it of hostsLookedUp(from)) {
      const to = named.get(it.host);
      if (to && to !== from) endpoints.push(new Endpoint(from, to, it));
    }
  return endpoints;
}

/** What the network of the project answers, in lower case. */
const hostsLookedUp = notedOnService((from): readonly LookedUp[] => {
  if (entryAt(from.node, "network_mode") || from.networkMode || !from.complete) return [];
  const given = new Set(givenHosts(from));
  return hostsNamedIn(from)
    .map((it) => ({ ...it, host: it.reference.host.toLowerCase() }))
    .filter((it) => !given.has(it.host));
});

interface LookedUp extends NamedHost {
  readonly host: string;
}

/** Services by the names that others look them up by, lower case; undefined where several services have a name. */
export function servicesByHost(project: ComposeProject): ReadonlyMap<string, Service | undefined> {
  const known = byHost.get(project) ?? findByHost(project);
  byHost.set(project, known);
  return known;
}

const byHost = new WeakMap<ComposeProject, ReadonlyMap<string, Service | undefined>>();

function findByHost({ services }: ComposeProject): ReadonlyMap<string, Service | undefined> {
  const named = new Map<string, Service | undefined>();
  for (const service of services.values())
    for (const name of ownHostNames(service))
      named.set(name, named.has(name) && named.get(name) !== service ? undefined : service);
  return named;
}
