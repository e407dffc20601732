import { entriesOf, itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { NetworkUse } from "../project.ts";
import { keyName, knownText, type Reading } from "../reading/reading.ts";
import { readNames } from "./names.ts";

export interface ServiceNetworks {
  readonly networks: readonly NetworkUse[];
  readonly networksComplete: boolean;
}

/** `networks` of a service, as a list or as a mapping with aliases. */
export function readNetworks(service: YamlNode | undefined, reading: Reading): ServiceNetworks {
  const node = valueAt(service, "networks");
  const items = itemsOf(node);
  const short = items.flatMap((item) => {
    const name = knownText(item, reading);
    return name ? [{ name, aliases: [] }] : [];
  });
  const long = entriesOf(node).map(({ key, value }) => ({
    name: keyName(key, reading),
    aliases: itemsOf(valueAt(value, "aliases")).flatMap((it) => readNames(it, reading)),
  }));
  return { networks: [...short, ...long], networksComplete: short.length === items.length };
}
