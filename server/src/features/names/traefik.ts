import { entriesOf, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import type { Mention, NameKind, Place } from "./name.ts";
import { keyPart, textPlace } from "./places.ts";
import type { ComposeSource } from "./sources.ts";

const kinds: Readonly<Record<string, NameKind>> = {
  routers: "router",
  services: "backend",
  middlewares: "middleware",
};

/** What an option of a router or middleware names, by the end of its key. */
const options: readonly (readonly [option: RegExp, kind: NameKind])[] = [
  [/^routers\.[^.]+\.service$/, "backend"],
  [/^routers\.[^.]+\.middlewares$/, "middleware"],
  [/^middlewares\.[^.]+\.chain\.middlewares$/, "middleware"],
  [/^middlewares\.[^.]+\.errors\.service$/, "backend"],
];

/**
 * Routers, services and middlewares of Traefik, which labels declare by using them in their keys. Traefik makes no difference between
 * upper and lower case (doc.traefik.io, Routing, Docker, read 2026-11), and what is behind an `@` is another provider's, but for `docker`.
 */
export function traefikMentions(source: ComposeSource): readonly Mention[] {
  return entriesOf(valueAt(source.file.root, "services")).flatMap(({ value: node }) =>
    [valueAt(node, "labels"), valueAt(valueAt(node, "deploy"), "labels")].flatMap((labels) => [
      ...entriesOf(labels).flatMap(({ key, value }) => {
        const text = textPlace(source, value, true);
        return mentionsOf(source, {
          key: key.value,
          keyAt: (start, end) => keyPart(source, key, start, end),
          value: text?.value ?? "",
          valueAt: (start, end) => text?.place(start, end),
        });
      }),
      ...itemsOf(labels).flatMap((item) => {
        const text = textPlace(source, item, true);
        const at = text?.value.indexOf("=") ?? -1;
        if (!text || at < 0) return [];
        return mentionsOf(source, {
          key: text.value.slice(0, at),
          keyAt: (start, end) => text.place(start, end),
          value: text.value.slice(at + 1),
          valueAt: (start, end) => text.place(at + 1 + start, at + 1 + end),
        });
      }),
    ]),
  );
}

interface Label {
  readonly key: string;
  readonly value: string;
  keyAt(start: number, end: number): Place;
  valueAt(start: number, end: number): Place | undefined;
}

function mentionsOf(
  { path, group }: ComposeSource,
  { key, value, keyAt, valueAt: at }: Label,
): readonly Mention[] {
  const match = /^traefik\.(?:http|tcp|udp)\.((routers|services|middlewares)\.)([^.]+)(?=\.|$)/i.exec(key);
  const [all = "", before = "", section = "", name = ""] = match ?? [];
  const kind = kinds[section.toLowerCase()];
  if (!kind || name.includes(HOLE)) return [];
  const start = all.length - name.length;
  const declared: Mention = {
    kind,
    role: "declaration",
    place: lower(keyAt(start, all.length)),
    file: path,
    scope: group,
  };
  const option = key.slice(start - before.length).toLowerCase();
  const named = options.find(([pattern]) => pattern.test(option))?.[1];
  const uses = named ? [...value.matchAll(/[^,\s]+/g)] : [];
  return [
    declared,
    ...uses.flatMap(({ 0: word, index }): readonly Mention[] => {
      const plain = word.replace(/@docker$/i, "");
      const place = /[@\uFFFC]/.test(plain) || plain === "" ? undefined : at(index, index + plain.length);
      return named && place ? [{ kind: named, role: "use", place: lower(place), file: path }] : [];
    }),
  ];
}

function lower(place: Place): Place {
  return { ...place, text: place.text.toLowerCase() };
}
