import {
  isOnOneLine,
  listToMapping,
  mappingToList,
  type WrittenPair,
} from "../../../model/compose/edit/list-and-mapping.ts";
import { writtenText } from "../../../model/compose/edit/written-text.ts";
import type { ComposeFile, MappingEntry, ScalarNode } from "../../../syntax/compose/tree.ts";
import { entryIn } from "../place.ts";
import { offer, type Refactoring } from "../refactoring.ts";

/** `- name:address` or `- name=address` ↔ `name: address`. */
export const extraHosts: Refactoring = {
  id: "extra-hosts",
  kind: "rewrite",
  offersAt: (place) =>
    [["extra_hosts"], ["build", "extra_hosts"]].flatMap((path) => {
      const step = entryIn(place, "services", "*", ...path);
      if (!step) return [];
      const { file } = place;
      const name = path.join(".");
      return [
        offer(`Write ${name} as a mapping`, listToMapping(file, step.entry, pairOf)),
        offer(
          `Write ${name} as a list`,
          mappingToList(file, step.entry, (entry, flow) => itemOf(file, entry, flow)),
        ),
      ];
    }),
};

function pairOf({ value, style, type }: ScalarNode, flow: boolean): WrittenPair | undefined {
  const [, name, address] = /^([^\s:=$]+)[:=](\S+)$/.exec(value) ?? [];
  if (type === "null" || name === undefined || address === undefined) return undefined;
  return { key: writtenText(name, "plain", flow), value: writtenText(address, style, flow) };
}

/** Between name and address of IPv6 stands `=`, as that has colons itself. */
function itemOf(file: ComposeFile, { key, value }: MappingEntry, flow: boolean): string | undefined {
  const isText = value?.kind === "scalar" && value.type === "string" && isOnOneLine(file, value);
  if (!isText || /[\s:=$]/.test(key.value) || !/^\S+$/.test(value.value)) return undefined;
  const sign = value.value.includes(":") || value.value.includes("$") ? "=" : ":";
  return writtenText(`${key.value}${sign}${value.value}`, value.style, flow);
}
