import { type LabelReader, traefikLabelsOf, traefikUsesIn } from "../../model/compose/traefik-labels.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import type { Mention, NameKind, Place } from "./name.ts";
import { keyPart, textPlaceWithHoles } from "./places.ts";
import type { ComposeSource } from "./sources.ts";

const kinds: Readonly<Record<string, NameKind>> = {
  routers: "router",
  services: "backend",
  middlewares: "middleware",
};

/** Routers, services and middlewares of Traefik, which labels of a service declare by using them in their keys. */
export function traefikMentions(source: ComposeSource, service: YamlNode | undefined): readonly Mention[] {
  const { path, group } = source;
  const reader: LabelReader<Place> = {
    key: (node) => ({ value: node.value, at: (start, end) => keyPart(source, node, start, end) }),
    value(node) {
      const text = textPlaceWithHoles(source, node);
      return text && { value: text.value, at: text.place };
    },
  };
  return traefikLabelsOf(service, reader).labels.flatMap((label): readonly Mention[] => {
    const declared = kinds[label.kind];
    const uses = traefikUsesIn(label).flatMap(({ kind, name, start }): readonly Mention[] => {
      const named = kinds[kind];
      const place = lower(label.valueAt(start, start + name.length));
      return named ? [{ kind: named, role: "use", place, file: path }] : [];
    });
    return declared
      ? [
          { kind: declared, role: "declaration", place: lower(label.nameAt), file: path, scope: group },
          ...uses,
        ]
      : uses;
  });
}

/** Traefik makes no difference between upper and lower case. */
function lower(place: Place): Place {
  return { ...place, text: place.text.toLowerCase() };
}
