import { isRemoteContext } from "../files/remote.ts";
import { mountFields, mountTarget } from "./item-keys.ts";
import { pathFrom } from "./paths.ts";
import { type Rule, ruleBelow } from "./rules.ts";
import {
  type EffectiveMapping,
  type EffectiveNode,
  type EffectiveScalar,
  type EffectiveSequence,
  effectiveAt,
  isEmpty,
} from "./tree.ts";

/** The first thing in which two values differ. */
export interface Difference {
  /** Keys that lead to it; empty where the values themselves are of two kinds. */
  readonly path: readonly string[];
  /** False where Compose may take both for the same: a variable that is not known decides, or they are two forms of one thing. */
  readonly certain: boolean;
}

/**
 * In what two values of a place with this rule differ as Compose compares what several files bring in: before defaults, with null and
 * `{}` told apart, a list told from a mapping, order of lists counting (docker compose 2.40.3 asked about each, 2026-11). A
 * certain difference goes before another one. Undefined where they say the same, wherever they are written.
 */
export function differenceOf(
  one: EffectiveNode,
  other: EffectiveNode,
  rule: Rule | undefined,
): Difference | undefined {
  if (one === other) return undefined;
  if (one.kind === "scalar" && other.kind === "scalar") return ofScalars(one, other, rule);
  if (one.kind === "sequence" && other.kind === "sequence") return ofLists(one, other, rule);
  if (one.kind === "mapping" && other.kind === "mapping") return ofMappings(one, other, rule);
  // Short and long forms are mostly made one; nothing at all is not, nor are the words of a command.
  const isTold = isEmpty(one) || isEmpty(other) || rule?.merge === "replace";
  return { path: [], certain: isTold && !hasOpen([one, other]) };
}

function ofMappings(one: EffectiveMapping, other: EffectiveMapping, rule: Rule | undefined) {
  const differences: Difference[] = [];
  if (one.fromList !== other.fromList && one.entries.size + other.entries.size > 0)
    differences.push({ path: [], certain: true });
  // `external: {name: x}` is made `external: true` and `name: x`.
  const isExternal = [one, other].some((it) => effectiveAt(it, "external")?.kind === "mapping");
  for (const key of new Set([...one.entries.keys(), ...other.entries.keys()])) {
    const its = one.entries.get(key);
    const others = other.entries.get(key);
    const found = its && others ? ofEntries(its, others, rule, key) : { path: [], certain: !isExternal };
    if (found) differences.push({ ...found, path: [key, ...found.path] });
  }
  return worstOf(differences);
}

function ofEntries(one: EffectiveNode, other: EffectiveNode, rule: Rule | undefined, key: string) {
  const found = differenceOf(one, other, belowVolume(rule, key) ?? ruleBelow(rule, key));
  if (found || rule?.form !== "pairs" || one.kind !== "scalar" || other.kind !== "scalar") return found;
  // `A: 1` is not `A: "1"`.
  return one.type === other.type ? undefined : { path: [], certain: !hasOpen([one, other]) };
}

/** The folder of a volume that is one. */
function belowVolume(rule: Rule | undefined, key: string): Rule | undefined {
  return rule?.path === "volume" && key === "driver_opts"
    ? { keys: { device: { path: "path" } } }
    : undefined;
}

function ofLists(one: EffectiveSequence, other: EffectiveSequence, rule: Rule | undefined) {
  const items = [...one.items, ...other.items];
  // `"80-81:80-81"` is made two ports.
  const isRange = items.some((it) => it.kind === "scalar" && /\d-\d/.test(it.value));
  const hasForms = items.some((it) => it.kind !== "scalar");
  if (one.items.length !== other.items.length) return { path: [], certain: !isRange && !hasOpen(items) };
  const differences = one.items.flatMap((it, at) => {
    const its = other.items[at];
    const found = its && differenceOf(it, its, rule?.each);
    if (!found) return [];
    // What makes an item another one is never the form alone.
    const isOther = !rule?.unique || rule.unique(it) !== rule.unique(its);
    const isMount = rule?.each?.path === "mount";
    return { path: [], certain: found.certain && !isRange && (isMount || hasForms || isOther) };
  });
  return worstOf(differences);
}

function ofScalars(one: EffectiveScalar, other: EffectiveScalar, rule: Rule | undefined) {
  if ((one.type === "null") !== (other.type === "null")) return { path: [], certain: !hasOpen([one, other]) };
  if (meansSame(one, other, rule)) return undefined;
  const isHome = rule?.path !== undefined && [one, other].some((it) => it.value.startsWith("~"));
  const isMount = rule?.path === "mount" && placesOf(one) === placesOf(other);
  return { path: [], certain: !isHome && !isMount && !hasOpen([one, other]) };
}

function meansSame(one: EffectiveScalar, other: EffectiveScalar, { path }: Rule = {}): boolean {
  if (one.value === other.value) return true;
  if (one.type === "number" && other.type === "number") return Number(one.value) === Number(other.value);
  if (one.type === "boolean" || other.type === "boolean")
    return one.value.toLowerCase() === other.value.toLowerCase();
  if (path !== "path" && path !== "address") return false;
  const isPath = [one, other].every((it) => !(path === "address" && isRemoteContext(it.value)));
  return isPath && pathFrom("/project", one.value) === pathFrom("/project", other.value);
}

/** Both ends of a short mount, its options left aside. */
function placesOf(mount: EffectiveScalar): string {
  const [source] = mountFields(mount.value);
  const from = source?.text.startsWith(".") ? pathFrom("/project", source.text) : source?.text;
  return `${from}:${mountTarget(mount)}`;
}

function hasOpen(nodes: readonly EffectiveNode[]): boolean {
  return nodes.some((it) => {
    if (it.kind === "scalar") return it.parts?.some((part) => part.open) ?? false;
    return hasOpen(it.kind === "mapping" ? [...it.entries.values()] : it.items);
  });
}

function worstOf(differences: readonly Difference[]): Difference | undefined {
  return differences.find((it) => it.certain) ?? differences[0];
}
