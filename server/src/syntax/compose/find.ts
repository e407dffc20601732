import type { MappingEntry, MappingNode, ScalarNode, YamlNode } from "./tree.ts";

/** The entry with this key; undefined when it is not there or `!reset`, by which Compose takes it away. */
export function entryAt(node: YamlNode | undefined, key: string): MappingEntry | undefined {
  if (node?.kind !== "mapping") return undefined;
  // Asked dozens of times of each service.
  for (const it of node.entries) if (it.key.value === key) return isReset(it.value) ? undefined : it;
  return undefined;
}

/** The value behind this key; undefined as well when it is null. */
export function valueAt(node: YamlNode | undefined, key: string): YamlNode | undefined {
  const value = entryAt(node, key)?.value;
  return isNull(value) ? undefined : value;
}

/** The mapping behind this key; undefined when anything else stands there. */
export function mappingAt(node: YamlNode | undefined, key: string): MappingNode | undefined {
  const value = valueAt(node, key);
  return value?.kind === "mapping" ? value : undefined;
}

/** The scalar behind this key; undefined when anything else stands there, or null. */
export function scalarAt(node: YamlNode | undefined, key: string): ScalarNode | undefined {
  const value = valueAt(node, key);
  return value?.kind === "scalar" ? value : undefined;
}

/** Entries of a mapping but those that are `!reset`; none for any other node. */
export function entriesOf(node: YamlNode | undefined): readonly MappingEntry[] {
  if (node?.kind !== "mapping") return [];
  return node.entries.some((it) => isReset(it.value))
    ? node.entries.filter((it) => !isReset(it.value))
    : node.entries;
}

/** Items of a list but those that are `!reset`; none for any other node. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  if (node?.kind !== "sequence") return [];
  return node.items.some(isReset) ? node.items.filter((it) => !isReset(it)) : node.items;
}

function isReset(node: YamlNode | undefined): boolean {
  return node?.tag === "!reset";
}

/** Is it not there, or written as `null`, `~` or nothing? */
export function isNull(node: YamlNode | undefined): boolean {
  return node === undefined || (node.kind === "scalar" && node.type === "null");
}

/** All scalars in a node but keys and what is `!reset`, in document order, aliases followed. */
export function scalarsIn(node: YamlNode | undefined): readonly ScalarNode[] {
  const found: ScalarNode[] = [];
  collect(node, found);
  return found;
}

function collect(node: YamlNode | undefined, found: ScalarNode[]): void {
  if (node?.kind === "scalar") found.push(node);
  for (const it of itemsOf(node)) collect(it, found);
  for (const { value } of entriesOf(node)) collect(value, found);
}
