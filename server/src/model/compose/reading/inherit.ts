import { mappingAt, scalarAt, valueAt } from "../../../syntax/compose/find.ts";
import { notedOnService, type Service } from "../project.ts";
import { LaterService } from "./later-service.ts";

/**
 * Services with what `extends` gives them within the file. One that extends a service of another file, or one that is not
 * there, is not complete. A circle, which Compose refuses, leaves its services not complete. `notesOf` gives what is known of
 * a service that is as it was, with all that it inherits.
 */
export function inheritServices(
  own: ReadonlyMap<string, Service>,
  notesOf: (name: string) => unknown[] | undefined = () => undefined,
): ReadonlyMap<string, Service> {
  const inheriting: Inheriting = { own, notesOf, done: new Map(), depths: new Map() };
  for (const [name, service] of own) if (extendedBy(service) !== undefined) resolve(name, inheriting);
  // In the order of the file, not in that of resolution.
  const services = new Map<string, Service>();
  for (const [name, service] of own) services.set(name, inheriting.done.get(name) ?? service);
  return services;
}

interface Inheriting {
  readonly own: ReadonlyMap<string, Service>;
  readonly notesOf: (name: string) => unknown[] | undefined;
  readonly done: Map<string, Service>;
  readonly depths: Map<string, number>;
}

/** Follows the chain without recursion, since a file can have thousands of services that extend one another. */
function resolve(start: string, { own, notesOf, done, depths }: Inheriting): void {
  const chain: Service[] = [];
  const seen = new Set<string>();
  let base: Service | undefined;
  let isCut = false;
  for (let name: string | undefined = start; name !== undefined; ) {
    const service = own.get(name);
    base = done.get(name);
    if (base || !service || seen.has(name)) {
      isCut = !base;
      break;
    }
    seen.add(name);
    chain.push(service);
    const extended = extendedBy(service);
    isCut = extended === "elsewhere";
    name = extended === "elsewhere" ? undefined : extended;
  }
  let depth = base ? (depths.get(base.name.value) ?? 0) : 0;
  for (const service of chain.toReversed()) {
    if (++depth > LONGEST_CHAIN) {
      base = undefined;
      isCut = true;
      depth = 1;
    }
    const name = service.name.value;
    depths.set(name, depth);
    base = base || isCut ? inheriting(base, service, notesOf(name)) : service;
    done.set(name, base);
  }
}

/** Each service of a longer one would repeat what all the others have; nobody writes such chains by hand. */
export const LONGEST_CHAIN = 100;

/** Services of a file from which on a chain of `extends` is not followed any further down, so that what is below is not known of them. */
export function cutServices(services: ReadonlyMap<string, Service>): readonly Service[] {
  const depths = new Map<string, number>();
  const cut: Service[] = [];
  for (const start of services.keys()) {
    const chain: Service[] = [];
    const seen = new Set<string>();
    let name: string | undefined = start;
    while (name !== undefined && name !== "elsewhere" && !depths.has(name) && !seen.has(name)) {
      seen.add(name);
      const service = services.get(name);
      if (service) chain.push(service);
      name = service && extendedBy(service);
    }
    // A circle has no depth, and is told of by itself.
    const isCircle = name !== undefined && seen.has(name);
    let depth = (name === undefined ? undefined : depths.get(name)) ?? 0;
    for (const service of chain.toReversed()) {
      depths.set(service.name.value, isCircle ? 0 : ++depth);
      if (depth > LONGEST_CHAIN && depth % LONGEST_CHAIN === 1) cut.push(service);
    }
  }
  return cut;
}

/** The name of the service of this file that is extended; undefined when none is. */
export const extendedBy = notedOnService(({ node }): string | "elsewhere" | undefined => {
  const value = valueAt(node, "extends");
  if (!value) return undefined;
  if (value.kind === "scalar") return value.value;
  const isOtherFile = valueAt(mappingAt(node, "extends"), "file") !== undefined;
  return isOtherFile ? "elsewhere" : (scalarAt(value, "service")?.value ?? "elsewhere");
});

/** May a service get something at this key from what it extends? */
export function mayInherit(start: string, key: string, services: ReadonlyMap<string, Service>): boolean {
  const seen = new Set<string>();
  for (let name = start; !seen.has(name); ) {
    seen.add(name);
    const service = services.get(name);
    const base = service && extendedBy(service);
    if (base === undefined) return service === undefined;
    const node = services.get(base)?.node;
    if (!node || valueAt(node, key)) return true;
    name = base;
  }
  return true;
}

/** `own` with what it inherits; without a base a part of it is elsewhere. */
function inheriting(base: Service | undefined, own: Service, notes: unknown[] | undefined): Service {
  const read = () =>
    base
      ? inherit(base, LaterService.wholeOf(own))
      : { ...LaterService.wholeOf(own), notes: notes ?? [], complete: false };
  return notes ? new LaterService({ name: own.name, span: own.span, node: own.node, notes, read }) : read();
}

/** Compose merges mappings by key and appends lists; a single value of the extending service wins. */
function inherit(base: Service, own: Service): Service {
  const image = own.image ?? base.image;
  return {
    ...own,
    notes: [],
    complete: own.complete && base.complete,
    image,
    imageFacts: own.image ? own.imageFacts : base.imageFacts,
    build: own.build ?? base.build,
    imageBuild: own.build ?? base.build,
    dependsOn: byKey(base.dependsOn, own.dependsOn, (it) => it.service.value),
    environment: byKey(base.environment, own.environment, (it) => it.name.value),
    environmentComplete: own.environmentComplete && base.environmentComplete,
    command: own.command ?? base.command,
    entrypoint: own.entrypoint ?? base.entrypoint,
    restart: own.restart ?? base.restart,
    replicas: own.replicas ?? base.replicas,
    ports: [...base.ports, ...own.ports],
    mounts: byKey(base.mounts, own.mounts, (it) => it.target.value),
    networks: byKey(base.networks, own.networks, (it) => it.name.value),
    networksComplete: own.networksComplete && base.networksComplete,
    networkMode: own.networkMode ?? base.networkMode,
    healthcheck:
      own.healthcheck?.test || own.healthcheck?.disabled || own.healthcheck?.certain === false
        ? own.healthcheck
        : (base.healthcheck ?? own.healthcheck),
    profiles: [...base.profiles, ...own.profiles],
    extraHosts: [...base.extraHosts, ...own.extraHosts],
    hostname: own.hostname ?? base.hostname,
    links: [...base.links, ...own.links],
    secrets: [...base.secrets, ...own.secrets],
    grantsComplete: own.grantsComplete && base.grantsComplete,
    configs: [...base.configs, ...own.configs],
  };
}

function byKey<T>(base: readonly T[], own: readonly T[], key: (item: T) => string): readonly T[] {
  return [...new Map([...base, ...own].map((it) => [key(it), it])).values()];
}
