import type { MappingEntry } from "../../../syntax/compose/tree.ts";
import type { Span } from "../../../text/span.ts";
import type { EffectiveMapping, EffectiveNode, EffectiveProject, Origin, SourceFile } from "./tree.ts";
import { effectiveAt } from "./tree.ts";

/** A service as a project has it, and where one of the project's files speaks of it. */
export interface ServiceInProject {
  readonly node: EffectiveMapping;
  readonly source: SourceFile;
  /** Of the service in that file, from its name on. */
  readonly span: Span;
}

/** What a project makes of a service that one of its files has; undefined where the project has none of that name. */
export function serviceInProject(
  project: EffectiveProject,
  source: SourceFile,
  entry: MappingEntry,
): ServiceInProject | undefined {
  const node = effectiveAt(project.root, "services", entry.key.value);
  return node?.kind === "mapping" ? { node, source, span: entry.span } : undefined;
}

/** The file of a project at an absolute path; undefined where the project was put together without it. */
export function sourceAt(project: EffectiveProject, path: string): SourceFile | undefined {
  return project.sources.find((it) => it.path === path);
}

/** A key of a service to which more is added than what stands in its own place. */
export interface Contribution {
  readonly key: string;
  /** The value, where all of it is from elsewhere. */
  readonly whole: EffectiveNode | undefined;
  /** Else the entries that are; none for items of a list. */
  readonly names: readonly string[];
  /** Where they are written, in order, at least one. */
  readonly origins: readonly Origin[];
}

/** What a service has that stands neither in its own place nor behind an alias there. */
export function contributionsTo(service: ServiceInProject): readonly Contribution[] {
  const isForeign = (it: EffectiveNode) => !it.implied && !isWithin(it.origin, service);
  return [...service.node.entries].flatMap(([key, node]): Contribution[] => {
    const whole = all(node, isForeign);
    if (whole) return [{ key, whole: node, names: [], origins: [node.origin] }];
    if (node.kind === "scalar") return [];
    const parts =
      node.kind === "mapping" ? [...node.entries] : node.items.map((it) => [undefined, it] as const);
    const foreign = parts.flatMap(([name, it]) => {
      const origin = firstOrigin(it, isForeign);
      return origin ? [{ name, origin }] : [];
    });
    if (foreign.length === 0) return [];
    return [
      {
        key,
        whole: undefined,
        names: foreign.flatMap((it) => it.name ?? []),
        origins: foreign.map((it) => it.origin),
      },
    ];
  });
}

/** Is a place inside a service of the same file? */
export function isWithin(
  { source, span }: Origin,
  service: Pick<ServiceInProject, "source" | "span">,
): boolean {
  return (
    source.path === service.source.path && service.span.start <= span.start && span.end <= service.span.end
  );
}

function all(node: EffectiveNode, is: (it: EffectiveNode) => boolean): boolean {
  if (!is(node)) return false;
  const parts =
    node.kind === "mapping" ? [...node.entries.values()] : node.kind === "sequence" ? node.items : [];
  return parts.every((it) => it.implied || all(it, is));
}

function firstOrigin(node: EffectiveNode, is: (it: EffectiveNode) => boolean): Origin | undefined {
  if (is(node)) return node.origin;
  const parts = node.kind === "mapping" ? node.entries.values() : node.kind === "sequence" ? node.items : [];
  for (const it of parts) {
    const origin = firstOrigin(it, is);
    if (origin) return origin;
  }
  return undefined;
}
