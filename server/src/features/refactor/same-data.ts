import type { YamlNode } from "../../syntax/compose/tree.ts";

/** Do two nodes mean the same: equal values of equal type, lists in the same order, mappings in any? */
export function isSameData(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  if (!a || !b) return a === b;
  if (a.tag !== undefined || b.tag !== undefined) return false;
  if (a.kind === "scalar") return b.kind === "scalar" && a.value === b.value && a.type === b.type;
  if (a.kind === "sequence") {
    if (b.kind !== "sequence" || a.items.length !== b.items.length) return false;
    return a.items.every((it, at) => isSameData(it, b.items[at]));
  }
  if (b.kind !== "mapping" || a.entries.length !== b.entries.length) return false;
  const other = new Map(b.entries.map((it) => [it.key.value, it.value]));
  return a.entries.every(({ key, value }) => other.has(key.value) && isSameData(value, other.get(key.value)));
}
