import { itemsOf, scalarsIn, valueAt } from "../../syntax/compose/find.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import type { NamedBuild } from "./builds.ts";
import type { Mention, Place } from "./name.ts";
import { textPlace, textPlaceWithHoles } from "./places.ts";
import { servicesWith } from "./service-entries.ts";
import type { ComposeSource, DockerfileSource } from "./sources.ts";

/**
 * Where a service reads a secret below /run/secrets by the name that it has at the top: it is given there under that name
 * unless `target` says another one.
 */
export function secretPathMentions(compose: readonly ComposeSource[]): readonly Mention[] {
  const services = compose.flatMap((source) =>
    servicesWith(source, "secrets").map(({ key, value }) => ({
      source,
      node: value,
      id: `${source.group}\n${key.value}`,
    })),
  );
  const granted = new Map<string, Set<string>>();
  for (const { source, node, id } of services) {
    const names = granted.get(id) ?? new Set();
    for (const it of untargeted(source, valueAt(node, "secrets"))) names.add(it.text);
    granted.set(id, names);
  }
  return services.flatMap(({ source, node, id }) => {
    const names = granted.get(id) ?? new Set();
    if (names.size === 0 || !source.file.text.includes(FOLDER)) return [];
    return scalarsIn(node).flatMap((scalar) => {
      if (!scalar.value.includes(FOLDER)) return [];
      const text = textPlaceWithHoles(source, scalar);
      return [...(text?.value.matchAll(/\/run\/secrets\/([A-Za-z0-9._-]+)/g) ?? [])].flatMap(
        ({ 0: all, 1: name = "", index }): readonly Mention[] => {
          const end = index + all.length;
          return text && names.has(name)
            ? [{ kind: "secret", role: "use", place: text.place(end - name.length, end), file: source.path }]
            : [];
        },
      );
    });
  });
}

const FOLDER = "/run/secrets/";

/** `--mount=type=secret,id=NAME` in the Dockerfile of a build that is given the secret. */
export function mountedSecretMentions(
  builds: readonly NamedBuild[],
  dockerfiles: readonly DockerfileSource[],
  scopesOf: (name: string, source: ComposeSource) => readonly string[],
): readonly Mention[] {
  return dockerfiles.flatMap(({ path, model }) => {
    const given = new Map<string, Set<string>>();
    for (const { source, node, dockerfile } of builds) {
      if (dockerfile !== path) continue;
      for (const { text } of untargeted(source, valueAt(node, "secrets"))) {
        const scopes = given.get(text) ?? new Set();
        for (const it of scopesOf(text, source)) scopes.add(it);
        given.set(text, scopes);
      }
    }
    if (given.size === 0) return [];
    return model.file.instructions
      .flatMap((it) => mountsOf(it.inner ?? it))
      .flatMap(({ type, id }) => {
        if (type !== "secret" || !id?.value || !id.valueSpan) return [];
        const { value: text, valueSpan: span } = id;
        const isWritten = span.end - span.start === text.length;
        const place: Place = {
          text,
          span,
          rewrite: isWritten ? "name" : { refused: `\`${text}\` is not written there as it is` },
        };
        return [...(given.get(text) ?? [])].map(
          (scope) => ({ kind: "secret", role: "use", place, scope, file: path }) as const,
        );
      });
  });
}

/** Grants that leave the secret its name. */
function untargeted(source: ComposeSource, node: YamlNode | undefined): readonly Place[] {
  return itemsOf(node).flatMap((it) => {
    if (it.kind !== "mapping") return textPlace(source, it)?.whole ?? [];
    return valueAt(it, "target") ? [] : (textPlace(source, valueAt(it, "source"))?.whole ?? []);
  });
}
