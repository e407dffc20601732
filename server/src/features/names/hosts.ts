import { hostReferences } from "../../model/compose/host-reference.ts";
import { entriesOf, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import { type HostAt, hostsInAddresses, hostsInCommand, hostsInList, hostsInSeeds } from "./hosts-in-text.ts";
import { addressesIn } from "./mounted.ts";
import type { Mention, Place } from "./name.ts";
import { keyPlace, type PlacedText, textPlace } from "./places.ts";
import type { ComposeSource, NameSources } from "./sources.ts";

/**
 * Hosts in `environment`, commands, health checks, labels and mounted configurations that are certainly services of the project.
 * Left out are services in the network of another container or the host or with parts in other files, and names that something
 * else of the project has too or may be given.
 */
export function hostMentions(
  { compose, mounted }: Pick<NameSources, "compose" | "mounted">,
  isService: (host: string, source: ComposeSource) => boolean,
): readonly Mention[] {
  const services = compose.flatMap((source) =>
    entriesOf(valueAt(source.file.root, "services")).map(({ key, value }) => ({
      source,
      service: key.value,
      node: value,
    })),
  );
  const elsewhere = new Set(
    services
      .filter(({ node }) => valueAt(node, "network_mode") || valueAt(valueAt(node, "extends"), "file"))
      .map(({ source, service }) => `${source.group}\n${service}`),
  );
  const given = new Set(
    services.flatMap(({ source, node }) =>
      otherNames(source, node).map(({ text }) => `${source.group}\n${text.toLowerCase()}`),
    ),
  );
  const written = services.map(({ source, service, node }) => ({
    source,
    service,
    file: source.path,
    places: [
      ...hostsOf(source, valueAt(node, "environment")),
      ...[
        valueAt(node, "command"),
        valueAt(node, "entrypoint"),
        valueAt(valueAt(node, "healthcheck"), "test"),
      ].flatMap((it) => commandHosts(source, it)),
      ...labelHosts(source, valueAt(node, "labels")),
    ],
  }));
  const configured = mounted.map((it) => ({ ...it, file: it.path, places: addressesIn(it.text) }));
  return [...written, ...configured].flatMap(({ source, service, file, places }) => {
    const { group } = source;
    if (elsewhere.has(`${group}\n${service}`)) return [];
    return places
      .filter(({ text }) => isService(text, source) && !given.has(`${group}\n${text.toLowerCase()}`))
      .map((place): Mention => ({ kind: "service", role: "use", place, file, from: source }));
  });
}

/** Names besides that of a service by which containers find each other. */
export function otherNames(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  const hosts = valueAt(node, "extra_hosts");
  return [
    ...["container_name", "hostname"].flatMap((it) => textPlace(source, valueAt(node, it))?.whole ?? []),
    ...entriesOf(valueAt(node, "networks")).flatMap(({ value }) =>
      itemsOf(valueAt(value, "aliases")).flatMap((it) => textPlace(source, it)?.whole ?? []),
    ),
    ...["links", "external_links"].flatMap((key) =>
      itemsOf(valueAt(node, key)).flatMap((it) => {
        const text = textPlace(source, it);
        const colon = text?.value.lastIndexOf(":") ?? -1;
        return text && colon >= 0 ? [text.place(colon + 1, text.value.length)] : [];
      }),
    ),
    ...entriesOf(hosts).map((it) => keyPlace(source, it.key)),
    ...itemsOf(hosts).flatMap((it) => {
      const text = textPlace(source, it);
      return text ? [text.place(0, text.value.search(/[:=]|$/))] : [];
    }),
  ];
}

/** Places of single names that a variable's value certainly uses as hosts. */
function hostsOf(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  const listed = itemsOf(node).map((it) => {
    const text = textPlace(source, it, true);
    const start = (text?.value.indexOf("=") ?? -1) + 1;
    return { text, name: text?.value.slice(0, Math.max(0, start - 1)) ?? "", start };
  });
  const mapped = entriesOf(node).map(({ key, value }) => ({
    text: textPlace(source, value, true),
    name: key.value,
    start: 0,
  }));
  return [...listed, ...mapped].flatMap(({ text, name, start }) => {
    if (!text || name === "") return [];
    const value = { ...text, value: text.value.slice(start) };
    const entry = { name: { value: name, span: text.span }, value, inFile: false };
    const references = hostReferences(entry);
    const hosts =
      references.length > 0
        ? references
        : [...hostsInList(name, value.value), ...hostsInSeeds(name, value.value)];
    return hosts.map((it) => hostPlace(text, it, start));
  });
}

/** In a text, or in words of which each is one: an option and its value can be two. */
function commandHosts(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  if (node?.kind !== "sequence") return hostsInText(textPlace(source, node, true));
  const words = node.items.map((it) => textPlace(source, it, true));
  const isClient = words.some(
    (it) => it && /^(?:pg_|psql|mysql|mariadb|redis-cli|valkey-cli|mongo)/.test(it.value),
  );
  return words.flatMap((it, at) => {
    const before = words[at - 1]?.value ?? "";
    const isOption = isClient && /^(?:-h|--host(?:name)?)$/.test(before);
    return it && isOption ? [{ ...it.whole, isHost: true }] : hostsInText(it);
  });
}

function hostsInText(text: PlacedText | undefined): readonly Place[] {
  return text ? hostsInCommand(text.value).map((it) => hostPlace(text, it)) : [];
}

/** Addresses in labels of proxies: `traefik.http.services.x.loadbalancer.server.url=http://api:8080`. */
function labelHosts(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  const isProxy = (key: string) => /^"?(?:traefik|caddy)[._]/i.test(key);
  const listed = itemsOf(node).map((it) => textPlace(source, it, true));
  const mapped = entriesOf(node).map(({ key, value }) =>
    isProxy(key.value) ? textPlace(source, value, true) : undefined,
  );
  return [...listed.filter((it) => it && isProxy(it.value)), ...mapped].flatMap((text) =>
    text ? hostsInAddresses(text.value).map((it) => hostPlace(text, it)) : [],
  );
}

function hostPlace(text: PlacedText, { start, end }: Pick<HostAt, "start" | "end">, offset = 0): Place {
  return { ...text.place(offset + start, offset + end), isHost: true };
}
