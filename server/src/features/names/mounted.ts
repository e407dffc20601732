import { notedOnServiceWith, type Service } from "../../model/compose/project.ts";
import { itemsOf, scalarAt, valueAt } from "../../syntax/compose/find.ts";
import type { MappingEntry, YamlNode } from "../../syntax/compose/tree.ts";
import type { Place } from "./name.ts";
import { textPlace } from "./places.ts";
import { serviceOf, servicesWith } from "./service-entries.ts";
import type { ComposeSource } from "./sources.ts";

/** A file or folder of the host that a service mounts; `path` is absolute. */
export interface MountedPath {
  readonly service: string;
  readonly path: string;
  /** False for a folder in which programs are not looked for their configuration, e.g. the one with the sources. */
  readonly mayBeFolder: boolean;
}

/** What services mount that may be their configuration. */
export function mountedPaths(source: ComposeSource): readonly MountedPath[] {
  return servicesWith(source, "volumes").flatMap((entry) => {
    const service = serviceOf(source, entry);
    return service ? keptPaths(service, [source.path], { source, entry }) : pathsMountedBy({ source, entry });
  });
}

interface Asked {
  readonly source: ComposeSource;
  readonly entry: MappingEntry;
}

const keptPaths = notedOnServiceWith((_: Service, asked: Asked) => pathsMountedBy(asked));

function pathsMountedBy({ source, entry: { key, value } }: Asked): readonly MountedPath[] {
  return itemsOf(valueAt(value, "volumes")).flatMap((item) => {
    const { from, to } = item.kind === "mapping" ? longMount(source, item) : shortMount(source, item);
    const mayBeFolder = /^\/(?:usr\/local\/)?etc\//.test(to ?? "");
    return from ? [{ service: key.value, path: source.resolve(from), mayBeFolder }] : [];
  });
}

interface Mounted {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

function longMount(source: ComposeSource, item: YamlNode): Mounted {
  if (scalarAt(item, "type")?.value !== "bind") return {};
  const text = (key: string) => textPlace(source, valueAt(item, key))?.value;
  return { from: text("source"), to: text("target") };
}

function shortMount(source: ComposeSource, item: YamlNode): Mounted {
  const [from, to] = textPlace(source, item)?.value.split(":") ?? [];
  return from?.startsWith(".") ? { from, to } : {};
}

/** Of proxies and of what collects measurements: nginx, Caddy, HAProxy, Traefik, Envoy, Prometheus. */
export function isConfiguration(name: string): boolean {
  return /(?:^Caddyfile|\.(?:conf|cfg|toml|ya?ml|template|caddy))$/.test(name);
}

/**
 * `host:port` and `http://host` in the text of a configuration, where the host is a single name; comments left out, and what the text
 * itself gives a meaning with `upstream`.
 */
export function addressesIn(text: string): readonly Place[] {
  const upstreams = new Set([...text.matchAll(/\bupstream\s+([\w-]+)\s*\{/g)].map((it) => it[1]));
  return [...text.matchAll(ADDRESS)].flatMap(({ 1: before = "", 2: host = "", 3: port, index }) => {
    if (port === undefined && upstreams.has(host)) return [];
    const start = index + before.length;
    const line = text.slice(text.lastIndexOf("\n", start) + 1, start);
    if (/^\s*(?:#|\/\/)/.test(line) || /\s#/.test(line)) return [];
    return [
      { text: host, span: { start, end: start + host.length }, rewrite: "name", isHost: true } as const,
    ];
  });
}

/** A name in an address has 63 characters at most (RFC 1035); so much of a long word is looked at. */
const ADDRESS =
  /(^|[\s/@"'`[,(=])([a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?)(?![\w-])(?:(:\d{2,5})(?![\w.:])|(?<=\bhttps?:\/\/\2)(?=[\s/;"'`]|$))/gim;
