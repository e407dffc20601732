import {
  contributionsTo,
  isWithin,
  type ServiceInProject,
  serviceInProject,
  sourceAt,
} from "../../model/compose/effective/contributions.ts";
import type { EffectiveNode, EffectiveProject } from "../../model/compose/effective/tree.ts";
import { entriesOf, entryAt, valueAt } from "../../syntax/compose/find.ts";
import { contains, type Span } from "../../text/span.ts";
import type { InlayHint } from "./inlay-hint.ts";

/** More keys than these are counted. */
const MOST_KEYS = 4;

/**
 * In the file at `path`: which values of its services another file of the project overrides, and behind `extends` what is taken over
 * by it.
 */
export function otherPlaceHints(project: EffectiveProject, path: string, range: Span): readonly InlayHint[] {
  const source = sourceAt(project, path);
  if (!source) return [];
  const { file } = source;
  const hints = new Map<number, InlayHint>();
  for (const entry of entriesOf(valueAt(file.root, "services"))) {
    const { value, span } = entry;
    if (span.end < range.start || span.start > range.end) continue;
    const service = serviceInProject(project, source, entry);
    if (!service) continue;
    const add = (offset: number, text: string, origin: InlayHint["origin"]) => {
      if (contains(range, offset) && !hints.has(offset)) hints.set(offset, { offset, text, origin });
    };
    overridden(service, service.node, (at, by) => {
      const end = file.lines.endOf(file.lines.lineAt(at.start));
      add(end, `overridden by ${by.origin.source.name}`, by.origin);
    });
    const extended = entryAt(value, "extends");
    if (!extended || extended.key.viaAlias) continue;
    const others = new Set(project.layers.filter((it) => it !== source.path));
    const inherited = contributionsTo(service).filter(
      ({ whole, key }) => whole && !others.has(whole.origin.source.path) && !entryAt(value, key),
    );
    if (inherited.length === 0) continue;
    const keys = inherited.map((it) => it.key);
    const more = keys.length > MOST_KEYS ? ` and ${keys.length - MOST_KEYS} more` : "";
    add(extended.span.end, `gives ${keys.slice(0, MOST_KEYS).join(", ")}${more}`, inherited[0]?.origins[0]);
  }
  return [...hints.values()];
}

/** Calls `found` for each place inside the service that a value of another file replaced. */
function overridden(
  service: ServiceInProject,
  node: EffectiveNode,
  found: (at: Span, by: EffectiveNode) => void,
): void {
  if (node.origin.source.path !== service.source.path)
    for (const it of node.overrode) if (isWithin(it, service)) found(it.span, node);
  const parts = node.kind === "mapping" ? node.entries.values() : node.kind === "sequence" ? node.items : [];
  for (const it of parts) overridden(service, it, found);
}
