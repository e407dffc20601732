import { isRemoteFile } from "../files/remote.ts";
import type { Loading, Unit } from "./loading.ts";
import { servicesOf } from "./loading.ts";
import { mergeNodes, withoutTags } from "./merge.ts";
import { folderOf, pathFrom } from "./paths.ts";
import { serviceRule } from "./rules.ts";
import { type EffectiveMapping, type EffectiveNode, effectiveAt } from "./tree.ts";

/** A file with what its services take over from others, of the same file and of other ones. */
export function withExtended(loading: Loading, unit: Unit): EffectiveMapping {
  const services = effectiveAt(unit.root, "services");
  if (services?.kind !== "mapping") return unit.root;
  const entries = new Map<string, EffectiveNode>();
  for (const [name, node] of services.entries) entries.set(name, extended(loading, unit, name) ?? node);
  return { ...unit.root, entries: new Map(unit.root.entries).set("services", { ...services, entries }) };
}

interface Link {
  readonly unit: Unit;
  readonly name: string;
  readonly node: EffectiveNode;
}

/**
 * One service with all that it extends, the nearest counting most. Without recursion, since thousands may extend one another; each
 * link is worked out once. A circle is told of, and cut where it closes.
 */
function extended(loading: Loading, start: Unit, startName: string): EffectiveNode | undefined {
  const chain: Link[] = [];
  const seen = new Set<EffectiveNode>();
  let base: EffectiveNode | undefined;
  for (let at: Pick<Link, "unit" | "name"> | undefined = { unit: start, name: startName }; at; ) {
    const { unit, name }: Pick<Link, "unit" | "name"> = at;
    base = unit.extended.get(name);
    const node = servicesOf(unit.root).get(name);
    if (base || !node) break;
    if (seen.has(node)) {
      tellOfCircle(loading, chain, node);
      break;
    }
    seen.add(node);
    chain.push({ unit, name, node });
    at = extendedBy(loading, { unit, name, node });
  }
  for (const { unit, name, node } of chain.toReversed()) {
    const own = withoutKey(node);
    base = base ? mergeNodes(withoutTags(base) ?? own, own, serviceRule) : own;
    unit.extended.set(name, base);
  }
  return base;
}

function withoutKey(node: EffectiveNode): EffectiveNode {
  if (node.kind !== "mapping" || !node.entries.has("extends")) return node;
  const entries = new Map(node.entries);
  entries.delete("extends");
  return { ...node, entries };
}

/** The service that one extends; what is wrong with it is told, once. */
function extendedBy(loading: Loading, { unit, name, node }: Link): Pick<Link, "unit" | "name"> | undefined {
  const written = effectiveAt(node, "extends");
  const other = loading.choice(written) ?? loading.choice(effectiveAt(written, "service"));
  if (!written || other === undefined || written.tag === "!reset") return undefined;
  const file = loading.choice(effectiveAt(written, "file"));
  if (file === undefined) {
    if (servicesOf(unit.root).has(other)) return { unit, name: other };
    loading.report(
      "missing-service",
      `${name} extends ${other}, which ${unit.source.name} does not have.`,
      written.origin,
    );
    return undefined;
  }
  if (isRemoteFile(file)) {
    loading.report(
      "not-read",
      `${name} extends a service of ${file}, which is not fetched here.`,
      written.origin,
    );
    return undefined;
  }
  const path = pathFrom(unit.context.directory, file);
  const isOwn = path === unit.source.path && folderOf(path) === unit.context.directory;
  const found = isOwn ? unit : loading.unit(path, loading.relative(unit.context, folderOf(path)));
  if (found && servicesOf(found.root).has(other)) return { unit: found, name: other };
  if (found || loading.sources.has(path))
    loading.report(
      "missing-service",
      `${name} extends ${other}, which ${file} does not have.`,
      written.origin,
    );
  else
    loading.report(
      "missing-file",
      `${name} extends a service of ${file}, and there is no such file.`,
      written.origin,
    );
  return undefined;
}

function tellOfCircle(loading: Loading, chain: readonly Link[], closing: EffectiveNode): void {
  const circle = chain.slice(chain.findIndex((it) => it.node === closing));
  const [first] = circle;
  const last = circle.at(-1);
  const written = last && effectiveAt(last.node, "extends");
  if (!first || !written) return;
  const names = [...circle, first].map((it) => it.name);
  const shown = names.length > 8 ? [...names.slice(0, 4), "…", ...names.slice(-3)] : names;
  const files = new Set(circle.map((it) => it.unit.source.name));
  const where = files.size > 1 ? ` (in ${[...files].slice(0, 4).join(", ")})` : "";
  const what =
    circle.length === 1
      ? `${first.name} extends itself`
      : `Services extend one another in a circle: ${shown.join(", ")}`;
  const others = circle.slice(0, -1).flatMap((it) => effectiveAt(it.node, "extends")?.origin ?? []);
  loading.report("extends-cycle", `${what}${where}.`, written.origin, { via: others });
}
