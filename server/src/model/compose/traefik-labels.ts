import { entriesOf, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import type { ScalarNode, YamlNode } from "../../syntax/compose/tree.ts";

/** A text after interpolation, and what its parts are for whoever asks: spans, or places of names. */
export interface LabelText<At> {
  /** With holes where variables are not known. */
  readonly value: string;
  at(start: number, end: number): At;
}

/** How keys and values are read; undefined for a value that is no text. */
export interface LabelReader<At> {
  key(node: ScalarNode): LabelText<At>;
  value(node: YamlNode | undefined): LabelText<At> | undefined;
}

/**
 * A label by which Traefik is configured: `traefik.http.routers.NAME.OPTION`. Keys count without upper case (doc.traefik.io, Routing,
 * Docker, read 2026-11).
 */
export interface TraefikLabel<At> {
  readonly protocol: string;
  readonly kind: "routers" | "services" | "middlewares";
  /** Lower case. */
  readonly name: string;
  readonly nameAt: At;
  /** Lower case, what follows the name: `entrypoints`, `loadbalancer.server.port`. */
  readonly option: string;
  readonly value: string;
  valueAt(start: number, end: number): At;
}

export interface TraefikLabels<At> {
  readonly labels: readonly TraefikLabel<At>[];
  /** False when a variable that is not known is in the key of one, so that any name may be declared. */
  readonly complete: boolean;
}

/** Where labels for caddy-docker-proxy pass requests to a port of the service: `caddy.reverse_proxy: "{{upstreams 8080}}"`. */
export function caddyPortsOf<At>(
  service: YamlNode | undefined,
  reader: LabelReader<At>,
): readonly { readonly port: number; readonly at: At }[] {
  return pairsOf(valueAt(service, "labels"), reader).flatMap(({ key, value, from }) => {
    if (!/^caddy(?:_\d+)?\..*reverse_proxy$/.test(key.value)) return [];
    // lucaslorentz/caddy-docker-proxy README: the protocol and the port are optional (as generally known).
    const match = /\{\{\s*upstreams(?:\s+https?)?\s+(\d{1,5})\s*\}\}/d.exec(value.value.slice(from));
    const [start, end] = match?.indices?.[1] ?? [];
    if (!match || start === undefined || end === undefined) return [];
    return [{ port: Number(match[1]), at: value.at(from + start, from + end) }];
  });
}

/** Labels for Traefik of a service, as a list or a mapping, those of `deploy` for a swarm among them. */
export function traefikLabelsOf<At>(
  service: YamlNode | undefined,
  reader: LabelReader<At>,
): TraefikLabels<At> {
  const labels: TraefikLabel<At>[] = [];
  let complete = true;
  for (const node of [valueAt(service, "labels"), valueAt(valueAt(service, "deploy"), "labels")])
    for (const { key, value, from } of pairsOf(node, reader)) {
      if (!/^traefik\./i.test(key.value)) continue;
      if (key.value.includes(HOLE)) complete = false;
      const match = KEY.exec(key.value.toLowerCase());
      const [, protocol = "", kind, name = "", option = ""] = match ?? [];
      if (kind !== "routers" && kind !== "services" && kind !== "middlewares") continue;
      if (name.includes(HOLE)) continue;
      const start = `traefik.${protocol}.${kind}.`.length;
      labels.push({
        ...{ protocol, kind, name, option },
        nameAt: key.at(start, start + name.length),
        value: value.value.slice(from),
        valueAt: (first, last) => value.at(from + first, from + last),
      });
    }
  return { labels, complete };
}

const KEY = /^traefik\.(http|tcp|udp)\.(routers|services|middlewares)\.([^.]+)(?:\.(.*))?$/;

/** A label, whose value begins at `from`: in a list both are one text. */
interface Pair<At> {
  readonly key: LabelText<At>;
  readonly value: LabelText<At>;
  readonly from: number;
}

function pairsOf<At>(node: YamlNode | undefined, reader: LabelReader<At>): readonly Pair<At>[] {
  const listed = itemsOf(node).flatMap((item): readonly Pair<At>[] => {
    const text = reader.value(item);
    const sign = text?.value.indexOf("=") ?? -1;
    return text && sign > 0
      ? [{ key: { ...text, value: text.value.slice(0, sign) }, value: text, from: sign + 1 }]
      : [];
  });
  // A key alone, `….tls:`, declares as well.
  const mapped = entriesOf(node).map(({ key: written, value }): Pair<At> => {
    const key = reader.key(written);
    return { key, value: reader.value(value) ?? { ...key, value: "" }, from: 0 };
  });
  return [...listed, ...mapped];
}

/** A name in the value of a label, which has to be declared by another. */
export interface TraefikUse {
  readonly kind: "services" | "middlewares" | "entrypoints" | "certresolvers";
  /** As written, without `@docker`. */
  readonly name: string;
  /** In the value. */
  readonly start: number;
}

/** What the option of a router or middleware names, by the end of its key. */
const options: readonly (readonly [option: RegExp, kind: TraefikUse["kind"]])[] = [
  [/^routers service$/, "services"],
  [/^routers middlewares$/, "middlewares"],
  [/^routers entrypoints$/, "entrypoints"],
  [/^routers tls\.certresolver$/, "certresolvers"],
  [/^middlewares chain\.middlewares$/, "middlewares"],
  [/^middlewares errors\.service$/, "services"],
];

/** Names that the value of a label uses. What is behind an `@` is another provider's, but for `docker`; so is what a variable gives. */
export function traefikUsesIn<At>({ kind, option, value }: TraefikLabel<At>): readonly TraefikUse[] {
  const named = options.find(([pattern]) => pattern.test(`${kind} ${option}`))?.[1];
  if (!named) return [];
  return [...value.matchAll(/[^,\s]+/g)].flatMap(({ 0: word, index: start }) => {
    const name = word.replace(/@docker$/i, "");
    return name === "" || name.includes("@") || name.includes(HOLE) ? [] : [{ kind: named, name, start }];
  });
}
