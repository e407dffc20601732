import { entriesOf, itemsOf, scalarAt, valueAt } from "../../syntax/compose/find.ts";
import type { Place } from "./name.ts";
import { textPlace } from "./places.ts";
import type { ComposeSource } from "./sources.ts";

/** Files that a service mounts and that may be its configuration: absolute paths, folders among them. */
export function mountedPaths(
  source: ComposeSource,
): readonly { readonly service: string; readonly path: string }[] {
  return entriesOf(valueAt(source.file.root, "services")).flatMap(({ key, value }) =>
    itemsOf(valueAt(value, "volumes")).flatMap((item) => {
      const written =
        item.kind === "mapping"
          ? scalarAt(item, "type")?.value === "bind" && textPlace(source, valueAt(item, "source"))?.value
          : /^\.[^:]*(?=:)/.exec(textPlace(source, item)?.value ?? "")?.[0];
      return written ? [{ service: key.value, path: source.resolve(written) }] : [];
    }),
  );
}

/** Of proxies and of what collects measurements: nginx, Caddy, HAProxy, Traefik, Envoy, Prometheus. */
export function isConfiguration(name: string): boolean {
  return /(?:^Caddyfile|\.(?:conf|cfg|toml|ya?ml|template|caddy))$/.test(name);
}

/** `host:port` in the text of a configuration, where the host is a single name; comments left out. */
export function addressesIn(text: string): readonly Place[] {
  return [...text.matchAll(ADDRESS)].flatMap(({ 1: before = "", 2: host = "", index }) => {
    const start = index + before.length;
    const line = text.slice(text.lastIndexOf("\n", start) + 1, start);
    if (/^\s*(?:#|\/\/)/.test(line) || /\s#/.test(line)) return [];
    return [
      { text: host, span: { start, end: start + host.length }, rewrite: "name", isHost: true } as const,
    ];
  });
}

const ADDRESS = /(^|[\s/@"'`[,(=])([a-z0-9](?:[a-z0-9_-]*[a-z0-9])?):\d{2,5}(?![\w.:])/gim;
