import type { WrittenEndpoint } from "../../../model/compose/hosts/endpoints.ts";
import {
  HOST_ENDING,
  type HostReference,
  hostsNamedIn,
  placeAt,
} from "../../../model/compose/hosts/host-reference.ts";
import { type EnvironmentEntry, notedOnService, type Service } from "../../../model/compose/project.ts";

/** A port of another service that a variable names. */
export interface WrittenPort {
  readonly port: number;
  readonly entry: EnvironmentEntry;
  /** Offsets in the entry's value. */
  readonly start: number;
  readonly end: number;
}

/** The port behind the host, or that of a variable beside the host's. */
export function writtenPorts({
  from,
  entry,
  value,
  reference,
}: Pick<WrittenEndpoint, "from" | "entry" | "value" | "reference">): readonly WrittenPort[] {
  const { port, portAt } = reference;
  if (port !== undefined && portAt) return [{ port, entry, ...portAt }];
  const prefix = HOST_VARIABLE.exec(entry.name.value);
  if (!prefix || value.value !== reference.host) return [];
  const name = `${prefix[1] ?? ""}PORT`.toUpperCase();
  return from.environment.filter((it) => it.name.value.toUpperCase() === name).flatMap(wholePort);
}

const HOST_VARIABLE = new RegExp(`^(.*_)?${HOST_ENDING}$`, "i");

/** Their numbers alone, by what names the host: the same objects as long as the service is the same. */
export const portsNamedIn = notedOnService(
  (from): ReadonlyMap<HostReference, readonly number[]> =>
    new Map(
      hostsNamedIn(from).map(({ at, reference }) => {
        const entry = placeAt(from, at);
        const value = entry?.value;
        const ports = value ? writtenPorts({ from, entry, value, reference }) : [];
        return [reference, ports.map((it) => it.port)];
      }),
    ),
);

function wholePort(entry: EnvironmentEntry): readonly WrittenPort[] {
  const { value } = entry;
  if (!value || !/^\d{2,5}$/.test(value.value)) return [];
  return [{ port: Number(value.value), entry, start: 0, end: value.value.length }];
}

/** The one port of the container that the host reaches by `port`; undefined when there is none, or more than one. */
export function containerPort({ ports }: Service, port: number): number | undefined {
  if (ports.some((it) => !it.known)) return undefined;
  const targets = new Set<number>();
  for (const { published, lastPublished, target, lastTarget } of ports) {
    if (published === undefined || lastPublished === undefined || target === undefined) continue;
    if (port < published || port > lastPublished) continue;
    if (lastPublished - published !== (lastTarget ?? target) - target) return undefined;
    targets.add(target + port - published);
  }
  const [only] = targets;
  return targets.size === 1 && only !== port ? only : undefined;
}
