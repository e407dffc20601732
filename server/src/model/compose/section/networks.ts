import { entriesOf, itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { NetworkUse } from "../project.ts";
import { keyName, type Reading } from "../reading.ts";
import { readNames } from "./names.ts";

/** `networks` of a service, as a list or as a mapping with aliases. */
export function readNetworks(service: YamlNode | undefined, reading: Reading): readonly NetworkUse[] {
  const node = valueAt(service, "networks");
  const short = readNames(node?.kind === "sequence" ? node : undefined, reading).map((name) => ({
    name,
    aliases: [],
  }));
  const long = entriesOf(node).map(({ key, value }) => ({
    name: keyName(key, reading),
    aliases: itemsOf(valueAt(value, "aliases")).flatMap((it) => readNames(it, reading)),
  }));
  return [...short, ...long];
}
