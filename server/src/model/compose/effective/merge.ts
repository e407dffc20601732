import type { ItemKey } from "./item-keys.ts";
import { type Rule, ruleBelow } from "./rules.ts";
import {
  type EffectiveMapping,
  type EffectiveNode,
  type EffectiveSequence,
  effectiveAt,
  effectiveText,
  isEmpty,
  type Origin,
} from "./tree.ts";

/**
 * `over` laid over `base`, at a place of this rule. Tags of `over` stay, since what this is merged with later is meant by them too. Neither
 * of the two is changed; what only one of them says is shared with it.
 */
export function mergeNodes(base: EffectiveNode, over: EffectiveNode, rule: Rule | undefined): EffectiveNode {
  if (over.tag !== undefined) return { ...over, overrode: placesOf(base) };
  if (rule?.merge === "replace" || base.kind === "scalar") return replace(base, over);
  // Nothing behind a key adds nothing to a mapping or list.
  if (isEmpty(over)) return base;
  if (base.kind === "mapping" && over.kind === "mapping") {
    if (rule?.merge === "same-driver" && !haveSameDriver(base, over)) return replace(base, over);
    return mergeMappings(base, over, rule);
  }
  if (base.kind === "sequence" && over.kind === "sequence") {
    if (rule?.merge === "by-subnet") return mergeSubnets(base, over);
    return { ...base, items: uniqueItems([...base.items, ...over.items], rule?.unique) };
  }
  return replace(base, over);
}

function replace(base: EffectiveNode, over: EffectiveNode): EffectiveNode {
  return { ...over, overrode: [...over.overrode, ...placesOf(base)].slice(0, MOST_PLACES) };
}

function placesOf({ origin, overrode, implied }: EffectiveNode): readonly Origin[] {
  return implied ? [] : [origin, ...overrode.slice(0, MOST_PLACES - 1)];
}

/** Nobody reads more, and in a chain of thousands of services each would carry the places of all before it. */
const MOST_PLACES = 16;

function mergeMappings(
  base: EffectiveMapping,
  over: EffectiveMapping,
  rule: Rule | undefined,
): EffectiveNode {
  const entries = new Map(base.entries);
  const isList = rule?.form === "pairs";
  for (const [key, value] of over.entries) {
    if (isList && base.fromList && value.tag === "!reset") continue;
    const before = entries.get(key);
    entries.set(key, before ? mergeNodes(before, value, ruleBelow(rule, key)) : value);
  }
  const merged: EffectiveMapping = { ...base, entries, ...(isList && { fromList: true }) };
  if (tagless.has(base) && withoutTags(over) === over) tagless.add(merged);
  return merged;
}

/** Each item once: a later one takes the place of an earlier one with the same key. */
export function uniqueItems(
  items: readonly EffectiveNode[],
  keyOf: ItemKey | undefined,
): readonly EffectiveNode[] {
  if (!keyOf) return items;
  const kept: EffectiveNode[] = [];
  const places = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    const at = key === undefined ? undefined : places.get(key);
    const before = at === undefined ? undefined : kept[at];
    if (at !== undefined && before) kept[at] = isSame(before, item) ? before : replace(before, item);
    else {
      if (key !== undefined) places.set(key, kept.length);
      kept.push(item);
    }
  }
  return kept;
}

/** The same text twice overrides nothing. */
function isSame(one: EffectiveNode, other: EffectiveNode): boolean {
  const text = effectiveText(one);
  return text !== undefined && text === effectiveText(other);
}

/** Options of one driver mean nothing to another. */
function haveSameDriver(base: EffectiveMapping, over: EffectiveMapping): boolean {
  const before = effectiveText(effectiveAt(base, "driver"));
  const after = effectiveText(effectiveAt(over, "driver"));
  return before === undefined || after === undefined || before === after;
}

/**
 * Ranges of addresses are those of `over`. Of `base` only the last one adds to it, where it is of the same subnet: so it is in
 * docker compose 2.40.3.
 */
function mergeSubnets(base: EffectiveSequence, over: EffectiveSequence): EffectiveNode {
  const subnet = (it: EffectiveNode) => effectiveText(effectiveAt(it, "subnet"));
  const last = base.items.at(-1);
  const items = over.items.map((it) =>
    last && subnet(last) === subnet(it) ? mergeNodes(last, it, undefined) : it,
  );
  return { ...over, items, overrode: placesOf(base) };
}

/** Nodes without a tag in them: in a chain of thousands of services each has all that is in those before it. */
const tagless = new WeakSet<EffectiveNode>();

/** The node without its tags, and without what they took away; itself where it has none. Undefined where it is taken away itself. */
export function withoutTags(node: EffectiveNode): EffectiveNode | undefined {
  if (node.tag === "!reset") return undefined;
  if (node.kind === "scalar") return node.tag === undefined ? node : { ...node, tag: undefined };
  if (tagless.has(node)) return node;
  const left = node.kind === "mapping" ? mappingWithoutTags(node) : sequenceWithoutTags(node);
  tagless.add(left);
  return left;
}

function mappingWithoutTags(node: EffectiveMapping): EffectiveMapping {
  const entries = new Map<string, EffectiveNode>();
  let isSame = node.tag === undefined;
  for (const [key, value] of node.entries) {
    const left = withoutTags(value);
    if (left) entries.set(key, left);
    isSame &&= left === value;
  }
  return isSame ? node : { ...node, entries, tag: undefined };
}

function sequenceWithoutTags(node: EffectiveSequence): EffectiveSequence {
  const items = node.items.flatMap((it) => withoutTags(it) ?? []);
  const isSame = node.tag === undefined && items.every((it, at) => it === node.items[at]);
  return isSame ? node : { ...node, items, tag: undefined };
}
