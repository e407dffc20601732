import type { EffectiveNode } from "./tree.ts";

/** Whether two values say the same, wherever they are written. */
export function isSameValue(one: EffectiveNode, other: EffectiveNode): boolean {
  if (one === other) return true;
  if (one.kind === "scalar" && other.kind === "scalar")
    return one.value === other.value && (one.type === "null") === (other.type === "null");
  if (one.kind === "sequence" && other.kind === "sequence") {
    const { items } = other;
    return (
      one.items.length === items.length &&
      one.items.every((it, at) => {
        const its = items[at];
        return its !== undefined && isSameValue(it, its);
      })
    );
  }
  if (one.kind !== "mapping" || other.kind !== "mapping" || one.entries.size !== other.entries.size)
    return false;
  return [...one.entries].every(([key, it]) => {
    const its = other.entries.get(key);
    return its !== undefined && isSameValue(it, its);
  });
}
