import { entryAt, valueAt } from "../../../syntax/compose/find.ts";
import { type Difference, differenceOf } from "./difference.ts";
import type { Loading } from "./loading.ts";
import { rootRule, ruleBelow } from "./rules.ts";
import { type EffectiveMapping, type EffectiveNode, isEmpty, type Origin } from "./tree.ts";

/** A section that is being added to. */
export interface Section {
  readonly node: EffectiveMapping;
  readonly entries: Map<string, EffectiveNode>;
}

/** What is included file by file, and what one of it is called. */
const kinds: Readonly<Record<string, string>> = {
  services: "service",
  volumes: "volume",
  networks: "network",
  secrets: "secret",
  configs: "config",
  models: "model",
};

/** Adds what a file brings in by the `include` at `origin`. The same name twice is refused by Compose, unless both say the same. */
export function importResources(
  loading: Loading,
  included: EffectiveMapping,
  origin: Origin,
  into: ReadonlyMap<string, EffectiveNode>,
  sections: Map<string, Section>,
): void {
  for (const key of Object.keys(kinds)) {
    const from = included.entries.get(key);
    if (from?.kind !== "mapping") continue;
    const section = sections.get(key) ?? sectionOf(into.get(key), from);
    sections.set(key, section);
    const rule = ruleBelow(rootRule, key);
    for (const [name, node] of from.entries) {
      const own = section.entries.get(name);
      if (!own) section.entries.set(name, node);
      else {
        const difference = differenceOf(own, node, ruleBelow(rule, name));
        if (difference) tellOfConflict(loading, { section: key, name, own, node, difference }, origin);
      }
    }
  }
}

function sectionOf(own: EffectiveNode | undefined, from: EffectiveMapping): Section {
  return own?.kind === "mapping"
    ? { node: own, entries: new Map(own.entries) }
    : { node: from, entries: new Map() };
}

interface Conflict {
  readonly section: string;
  readonly name: string;
  /** What was there before, and what comes to it. */
  readonly own: EffectiveNode;
  readonly node: EffectiveNode;
  readonly difference: Difference;
}

function tellOfConflict(loading: Loading, conflict: Conflict, origin: Origin): void {
  const { section, name, own, node, difference } = conflict;
  const first = declarationOf(loading, conflict, own);
  const second = declarationOf(loading, conflict, node, first);
  const { path } = difference;
  const what =
    path.length > 0
      ? `with another \`${path.join(".")}\``
      : isEmpty(own) || isEmpty(node)
        ? "once with nothing behind it, and once with something"
        : "as something else";
  const names =
    first.source === second.source
      ? `${first.source.name} is brought in twice, its ${kinds[section]} ${name} each time`
      : `The ${kinds[section]} ${name} of ${second.source.name} is declared in ${first.source.name} too,`;
  loading.report("conflict", `${names} ${what}.`, origin, {
    places: [first, second],
    open: !difference.certain || !loading.certain,
  });
}

/** Where the name is declared of which a node is the value; what is extended from elsewhere has its place there. */
function declarationOf(
  { members, sources }: Loading,
  { section, name }: Conflict,
  { origin }: EffectiveNode,
  before?: Origin,
): Origin {
  const declared = [...members].flatMap((path) => {
    const source = sources.get(path);
    const entry = entryAt(valueAt(source?.file.root, section), name);
    return source && entry ? { source, span: entry.key.span } : [];
  });
  return (
    declared.find((it) => it.source === origin.source) ??
    declared.find((it) => it.source !== before?.source) ??
    origin
  );
}
