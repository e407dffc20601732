import type { Stack } from "../stack.ts";

/**
 * Says which layer brought the content of a file that is seen, by its path and the layer that it is seen of: one that gave it another owner or mode
 * stored it once more and brought nothing.
 */
export function bringingLayers({ hidden }: Pick<Stack, "hidden">): (path: string, layer: number) => number {
  const before = new Map<string, number>();
  for (const { entry, storedBy, hiddenBy, how } of hidden)
    if (how === "rewritten") before.set(`${hiddenBy} ${entry.path}`, storedBy);
  return (path, layer) => {
    for (let first = layer; ; ) {
      const older = before.get(`${first} ${path}`);
      if (older === undefined) return first;
      first = older;
    }
  };
}
