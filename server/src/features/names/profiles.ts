import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import type { Mention } from "./name.ts";
import { textPlace } from "./places.ts";
import type { ComposeSource, EnvSource } from "./sources.ts";

/** Profiles are declared nowhere: a service that has one makes it. */
export function profileMentions(source: ComposeSource, service: YamlNode | undefined): readonly Mention[] {
  return itemsOf(valueAt(service, "profiles")).flatMap((it): readonly Mention[] => {
    const place = textPlace(source, it)?.whole;
    return place ? [{ kind: "profile", role: "use", place, file: source.path }] : [];
  });
}

/** The profiles that `COMPOSE_PROFILES` of an `.env` starts. */
export function profilesStarted({ path, file }: EnvSource): readonly Mention[] {
  const entry = file.entries.findLast((it) => it.name === "COMPOSE_PROFILES");
  if (!entry?.valueSpan) return [];
  const { start, end } = entry.valueSpan;
  return [...file.text.slice(start, end).matchAll(/[^\s,"']+/g)].map(({ 0: text, index }) => ({
    kind: "profile",
    role: "use",
    place: { text, span: { start: start + index, end: start + index + text.length }, rewrite: "name" },
    file: path,
  }));
}
