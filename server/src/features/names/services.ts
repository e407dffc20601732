import { namespaceKeys } from "../../model/compose/named-services.ts";
import { entriesOf, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { MappingEntry, YamlNode } from "../../syntax/compose/tree.ts";
import type { Mention, Place } from "./name.ts";
import { keyPlace, textPlace } from "./places.ts";
import { servicesWith } from "./service-entries.ts";
import type { ComposeSource } from "./sources.ts";

/** A service where it is declared, and the services of the project that it names. */
export function serviceMentions(
  source: ComposeSource,
  { key, value: node }: MappingEntry,
): readonly Mention[] {
  return [
    {
      kind: "service",
      role: "declaration",
      place: keyPlace(source, key),
      file: source.path,
      scope: source.group,
    } as const,
    ...[
      ...namesOf(source, valueAt(node, "depends_on")),
      ...linked(source, valueAt(node, "links")),
      ...volumesFrom(source, valueAt(node, "volumes_from")),
      ...namespaceKeys.flatMap((it) => mode(source, valueAt(node, it))),
      ...contexts(source, valueAt(valueAt(node, "build"), "additional_contexts")),
    ].map((place): Mention => ({ kind: "service", role: "use", place, file: source.path })),
    ...extended(source, valueAt(node, "extends")),
  ];
}

/** Services of other files that services extend. `groupOf`: the group of another Compose file, by its path. */
export function extendedElsewhere(
  source: ComposeSource,
  groupOf: (path: string) => string | undefined,
): readonly Mention[] {
  return servicesWith(source, "extends").flatMap(({ value }): readonly Mention[] => {
    const node = valueAt(value, "extends");
    const written = valueAt(node, "file");
    const place = written && textPlace(source, valueAt(node, "service"))?.whole;
    const file = place && textPlace(source, written)?.value;
    const group = file === undefined ? undefined : groupOf(source.resolve(file));
    return place && group !== undefined
      ? [{ kind: "service", role: "use", place, file: source.path, scope: group }]
      : [];
  });
}

/** Names as a list of texts, or as the keys of a mapping. */
export function namesOf(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  return [
    ...itemsOf(node).flatMap((it) => textPlace(source, it)?.whole ?? []),
    ...entriesOf(node).map((it) => keyPlace(source, it.key)),
  ];
}

/** `service:alias`. */
function linked(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  return itemsOf(node).flatMap((it) => {
    const text = textPlace(source, it);
    return text ? [text.place(0, lengthBefore(text.value, ":"))] : [];
  });
}

/** `service:ro`; with `container:` in front it is no service of the project. */
function volumesFrom(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  return itemsOf(node).flatMap((it) => {
    const text = textPlace(source, it);
    return !text || text.value.startsWith("container:") ? [] : [text.place(0, lengthBefore(text.value, ":"))];
  });
}

/** `service:name`. */
function mode(source: ComposeSource, node: YamlNode | undefined, from = 0): readonly Place[] {
  const text = textPlace(source, node);
  const start = from + "service:".length;
  return text?.value.startsWith("service:", from) && text.value.length > start
    ? [text.place(start, text.value.length)]
    : [];
}

/** `name: service:other`, or `- name=service:other`. */
function contexts(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  return [
    ...entriesOf(node).flatMap(({ value }) => mode(source, value)),
    ...itemsOf(node).flatMap((it) => {
      const equals = textPlace(source, it)?.value.indexOf("=") ?? -1;
      return equals < 0 ? [] : mode(source, it, equals + 1);
    }),
  ];
}

/** A service of the same files. */
function extended(source: ComposeSource, node: YamlNode | undefined): readonly Mention[] {
  const place = textPlace(source, node?.kind === "mapping" ? valueAt(node, "service") : node)?.whole;
  return place && !valueAt(node, "file")
    ? [{ kind: "service", role: "use", place, file: source.path, scope: source.group }]
    : [];
}

function lengthBefore(text: string, separator: string): number {
  const at = text.indexOf(separator);
  return at < 0 ? text.length : at;
}
