import { entriesOf, itemsOf, scalarAt, valueAt } from "../../syntax/compose/find.ts";
import type { MappingEntry, YamlNode } from "../../syntax/compose/tree.ts";
import type { Mention, NameKind, Place } from "./name.ts";
import { keyPlace, textPlace, textPlaceWithHoles } from "./places.ts";
import { namesOf } from "./services.ts";
import type { ComposeSource } from "./sources.ts";

/** The sections at the top of a Compose file whose entries services name. */
const resourceSections = {
  networks: "network",
  volumes: "volume",
  secrets: "secret",
  configs: "config",
  models: "model",
} as const satisfies Readonly<Record<string, NameKind>>;

/** Where networks, volumes, secrets, configs and models are declared. */
export function declaredResources(source: ComposeSource): readonly Mention[] {
  return Object.entries(resourceSections).flatMap(([section, kind]) =>
    entriesOf(valueAt(source.file.root, section)).map(
      (entry): Mention => ({
        kind,
        role: "declaration",
        place: declaredAt(source, entry, kind),
        file: source.path,
        scope: source.group,
      }),
    ),
  );
}

/** Those that a service names. */
export function usedResources(source: ComposeSource, node: YamlNode | undefined): readonly Mention[] {
  return [
    ...uses(source, "network", namesOf(source, valueAt(node, "networks"))),
    ...uses(source, "volume", mounted(source, valueAt(node, "volumes"))),
    ...uses(source, "secret", granted(source, valueAt(node, "secrets"))),
    ...uses(source, "secret", granted(source, valueAt(valueAt(node, "build"), "secrets"))),
    ...uses(source, "config", granted(source, valueAt(node, "configs"))),
    ...uses(source, "config", whole(source, valueAt(valueAt(node, "credential_spec"), "config"))),
    ...uses(source, "model", namesOf(source, valueAt(node, "models"))),
  ];
}

function uses({ path: file }: ComposeSource, kind: NameKind, places: readonly Place[]): readonly Mention[] {
  return places.map((place) => ({ kind, role: "use", place, file }));
}

/** What is made elsewhere is looked for by its key, unless `name` says how it is called there. */
function declaredAt(source: ComposeSource, { key, value }: MappingEntry, kind: NameKind): Place {
  const place = keyPlace(source, key);
  const external = valueAt(value, "external");
  const isExternal = external?.kind === "mapping" || scalarAt(value, "external")?.value === "true";
  if (!isExternal || valueAt(value, "name") || valueAt(external, "name")) return place;
  const refused = `this ${kind} is external, so \`${key.value}\` is what it is called there: write \`name: ${key.value}\` into it first`;
  return { ...place, rewrite: { refused } };
}

/** `name:/path`, or `type: volume` with a `source`. A source that starts like a path is one. */
function mounted(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  return itemsOf(node).flatMap((item) => {
    if (item.kind === "mapping")
      return scalarAt(item, "type")?.value === "volume" ? whole(source, valueAt(item, "source")) : [];
    const text = textPlaceWithHoles(source, item);
    const end = text?.value.indexOf(":") ?? -1;
    if (!text || end < 2 || !/^[\w.-]+$/.test(text.value.slice(0, end)) || text.value.startsWith("."))
      return [];
    return [text.place(0, end)];
  });
}

/** `- name`, or `- source: name`. */
function granted(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  return itemsOf(node).flatMap((it) => whole(source, it.kind === "mapping" ? valueAt(it, "source") : it));
}

function whole(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  const place = textPlace(source, node)?.whole;
  return place ? [place] : [];
}
