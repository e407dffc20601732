import { hostReferences } from "../../model/compose/hosts/host-reference.ts";
import { entriesOf, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import { type HostAt, hostsInAddresses, hostsInCommand, hostsInList, hostsInSeeds } from "./hosts-in-text.ts";
import { addressesIn } from "./mounted.ts";
import type { Mention, Place } from "./name.ts";
import { keyPlace, type PlacedText, textPlace, textPlaceWithHoles } from "./places.ts";
import { servicesWith } from "./service-entries.ts";
import type { ComposeSource, NameSources } from "./sources.ts";

/** What is known of a service beforehand; see `NamesInService`. */
interface HostsInService {
  readonly service: string;
  readonly hosts: readonly Place[];
  readonly otherNames: readonly string[];
}

/**
 * Hosts in `environment`, commands, health checks, labels and mounted configurations that are certainly services of the project.
 * Left out are services in the network of another container or the host or with parts in other files, and names that something
 * else of the project has too or may be given.
 */
export function hostMentions(
  { compose, mounted }: Pick<NameSources, "compose" | "mounted">,
  inServices: (source: ComposeSource) => readonly HostsInService[],
  isService: (host: string, source: ComposeSource) => boolean,
): readonly Mention[] {
  const elsewhere = new Set(
    compose.flatMap((source) =>
      servicesWith(source, "network_mode", "extends")
        .filter(({ value }) => valueAt(value, "network_mode") || valueAt(valueAt(value, "extends"), "file"))
        .map(({ key }) => `${source.group}\n${key.value}`),
    ),
  );
  const given = new Set(
    compose.flatMap((source) =>
      inServices(source).flatMap(({ otherNames }) => otherNames.map((it) => `${source.group}\n${it}`)),
    ),
  );
  const isGiven = (host: string, { group }: ComposeSource) =>
    given.size > 0 && given.has(`${group}\n${host.toLowerCase()}`);
  const isElsewhere = (service: string, { group }: ComposeSource) =>
    elsewhere.size > 0 && elsewhere.has(`${group}\n${service}`);
  const written = compose.flatMap((source) =>
    inServices(source).map(({ service, hosts }) => ({ source, service, file: source.path, places: hosts })),
  );
  const configured = mounted.map((it) => ({ ...it, file: it.path, places: addressesIn(it.text) }));
  const inline = compose.map((source) => ({
    ...{ source, service: "", file: source.path },
    places: inlineHosts(source),
  }));
  return [...written, ...configured, ...inline].flatMap(({ source, service, file, places }) =>
    places.length === 0 || isElsewhere(service, source)
      ? []
      : places
          .filter(({ text }) => isService(text, source) && !isGiven(text, source))
          .map((place): Mention => ({ kind: "service", role: "use", place, file, from: source })),
  );
}

/** What a service writes as the host of an address, whatever has that name. */
export function hostPlaces(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  return [
    ...hostsOf(source, valueAt(node, "environment")),
    ...[
      valueAt(node, "command"),
      valueAt(node, "entrypoint"),
      valueAt(valueAt(node, "healthcheck"), "test"),
    ].flatMap((it) => commandHosts(source, it)),
    ...labelHosts(source, valueAt(node, "labels")),
  ];
}

/** Addresses in the `content` of configs, which are configurations as mounted files are. */
function inlineHosts(source: ComposeSource): readonly Place[] {
  return entriesOf(valueAt(source.file.root, "configs")).flatMap(({ value }) => {
    const text = textPlaceWithHoles(source, valueAt(value, "content"));
    return text ? addressesIn(text.value).map((it) => hostPlace(text, it.span)) : [];
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
    const text = textPlaceWithHoles(source, it);
    const start = (text?.value.indexOf("=") ?? -1) + 1;
    return { text, name: text?.value.slice(0, Math.max(0, start - 1)) ?? "", start };
  });
  const mapped = entriesOf(node).map(({ key, value }) => ({
    text: textPlaceWithHoles(source, value),
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
  if (node?.kind !== "sequence") return hostsInText(textPlaceWithHoles(source, node));
  const words = node.items.map((it) => textPlaceWithHoles(source, it));
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
  const listed = itemsOf(node).map((it) => textPlaceWithHoles(source, it));
  const mapped = entriesOf(node).map(({ key, value }) =>
    isProxy(key.value) ? textPlaceWithHoles(source, value) : undefined,
  );
  return [...listed.filter((it) => it && isProxy(it.value)), ...mapped].flatMap((text) =>
    text ? hostsInAddresses(text.value).map((it) => hostPlace(text, it)) : [],
  );
}

function hostPlace(text: PlacedText, { start, end }: Pick<HostAt, "start" | "end">, offset = 0): Place {
  return { ...text.place(offset + start, offset + end), isHost: true };
}
