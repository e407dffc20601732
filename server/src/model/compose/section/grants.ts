import { itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { Placed } from "../project.ts";
import { knownText, type Reading } from "../reading.ts";

/** Names of the top-level entries that `secrets` or `configs` of a service grant: `- name`, or `- source: name`. */
export function readGrants(node: YamlNode | undefined, reading: Reading): readonly Placed<string>[] {
  return itemsOf(node).flatMap(
    (it) => knownText(it.kind === "mapping" ? valueAt(it, "source") : it, reading) ?? [],
  );
}
