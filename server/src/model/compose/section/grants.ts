import { itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { Grant } from "../project.ts";
import { knownText, type Reading } from "../reading/reading.ts";

/** Top-level entries that `secrets` or `configs` of a service grant: `- name`, or `- source: name`. */
export function readGrants(node: YamlNode | undefined, reading: Reading): readonly Grant[] {
  return itemsOf(node).flatMap((it) => {
    const source = knownText(it.kind === "mapping" ? valueAt(it, "source") : it, reading);
    if (!source) return [];
    const target = it.kind === "mapping" ? valueAt(it, "target") : undefined;
    return [{ ...source, target: target ? knownText(target, reading)?.value : source.value }];
  });
}
