import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { spanInside } from "../../syntax/compose/scalar-span.ts";
import type { MappingNode, YamlNode } from "../../syntax/compose/tree.ts";
import { dependencyNames } from "./dependencies.ts";
import { type ComposeProject, notedOnService, type Placed, type Service } from "./project.ts";
import { extendedBy, LONGEST_CHAIN } from "./reading/inherit.ts";
import { knownAt } from "./reading/known-at.ts";

/** Lists that name services, and what of an item is the name. */
const lists: readonly (readonly [key: string, name: RegExp])[] = [
  ["links", /^([^:]+)(?::.*)?$/d],
  ["volumes_from", /^(?!container:)([^:]+)(?::.*)?$/d],
];

/** Keys that let a service into a namespace of another one. */
export const namespaceKeys: readonly string[] = ["network_mode", "ipc", "pid", "uts"];

const IN_SERVICE = /^service:(.+)$/d;

/**
 * Services that one cannot be started without for other reasons than `depends_on`: links, volumes and namespaces of others, its own
 * and those of the services of this file that it extends. Compose takes each for a dependency (docker compose 2.40.3, 2026-11).
 */
export function linkedServices(project: ComposeProject, service: Service): readonly Placed<string>[] {
  const found: Placed<string>[] = [];
  const settled = new Set<string>();
  const seen = new Set<Service>();
  for (let at: Service | undefined = service; at && !seen.has(at) && seen.size < LONGEST_CHAIN; ) {
    seen.add(at);
    const { node } = at;
    for (const [key, name] of lists) {
      if (!settled.has(key))
        found.push(...itemsOf(valueAt(node, key)).flatMap((it) => namedIn(project, it, name)));
      if (isTagged(node, key)) settled.add(key);
    }
    for (const key of namespaceKeys) {
      const mode = valueAt(node, key);
      if (mode && !settled.has(key)) found.push(...namedIn(project, mode, IN_SERVICE));
      if (mode || isTagged(node, key)) settled.add(key);
    }
    const base: string | undefined = extendedBy(at);
    at = base === undefined ? undefined : project.services.get(base);
  }
  return found;
}

/** `!reset` and `!override` take away what is taken over from another service. */
function isTagged(node: MappingNode | undefined, key: string): boolean {
  return node?.entries.some((it) => it.key.value === key && it.value?.tag !== undefined) ?? false;
}

/** What Compose starts before a service, and refuses to go without. */
export function neededServices(project: ComposeProject, service: Service): readonly Placed<string>[] {
  return [...service.dependsOn.map((it) => it.service), ...linkedServices(project, service)];
}

/** Their names, in the same order. */
export const namesOfNeeded = notedOnService((service, project: ComposeProject): readonly string[] => {
  const linked = linkedServices(project, service);
  return linked.length === 0
    ? dependencyNames(service)
    : [...dependencyNames(service), ...linked.map((it) => it.value)];
});

/** Services whose images a build takes files from, as it is written for this service. */
export function contextServices(project: ComposeProject, { node }: Service): readonly Placed<string>[] {
  const contexts = valueAt(valueAt(node, "build"), "additional_contexts");
  const values = contexts?.kind === "mapping" ? contexts.entries.map((it) => it.value) : itemsOf(contexts);
  return values.flatMap((it) => namedIn(project, it, /^(?:[^=]*=)?service:(.+)$/d));
}

/** The first group of the pattern, where the text is certain; none where it is no such text. */
function namedIn(
  project: ComposeProject,
  node: YamlNode | undefined,
  pattern: RegExp,
): readonly Placed<string>[] {
  const text = knownAt(project, node);
  const match = text && pattern.exec(text.value);
  const [, name] = match ?? [];
  const [start] = match?.indices?.[1] ?? [];
  if (!text || name === undefined || start === undefined) return [];
  const isWritten = text.node.value === text.value;
  const span = isWritten
    ? spanInside(project.file.text, text.node, start, start + name.length)
    : text.node.span;
  return [{ value: name, span }];
}
