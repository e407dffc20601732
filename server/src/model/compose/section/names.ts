import { itemsOf } from "../../../syntax/compose/find.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { Placed } from "../project.ts";
import { type Reading, usualText } from "../reading/reading.ts";

/** A text, or a list of texts, by which something is found; those that are not known even by default are left out. */
export function readNames(node: YamlNode | undefined, reading: Reading): readonly Placed<string>[] {
  const nodes = node?.kind === "sequence" ? itemsOf(node) : node ? [node] : [];
  return nodes.flatMap((it) => usualText(it, reading) ?? []);
}
