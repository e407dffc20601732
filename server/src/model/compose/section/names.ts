import { itemsOf } from "../../../syntax/compose/find.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { Placed } from "../project.ts";
import { knownText, type Reading } from "../reading.ts";

/** A text, or a list of texts; those that are not known are left out. */
export function readNames(node: YamlNode | undefined, reading: Reading): readonly Placed<string>[] {
  const nodes = node?.kind === "sequence" ? itemsOf(node) : node ? [node] : [];
  return nodes.flatMap((it) => knownText(it, reading) ?? []);
}
