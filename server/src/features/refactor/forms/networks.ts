import { listToMapping, mappingToList } from "../../../model/compose/edit/list-and-mapping.ts";
import { writtenText } from "../../../model/compose/edit/written-text.ts";
import { isNull } from "../../../syntax/compose/find.ts";
import type { MappingEntry, ScalarNode } from "../../../syntax/compose/tree.ts";
import { entryIn } from "../place.ts";
import { offer, type Refactoring } from "../refactoring.ts";

/** `- front` ↔ `front:`, of `networks` and `models`. */
export const networks: Refactoring = {
  id: "networks",
  kind: "rewrite",
  offersAt: (place) =>
    ["networks", "models"].flatMap((key) => {
      const step = entryIn(place, "services", "*", key);
      if (!step) return [];
      return [
        offer(`Write ${key} as a mapping`, listToMapping(place.file, step.entry, pairOf)),
        offer(`Write ${key} as a list`, mappingToList(place.file, step.entry, itemOf)),
      ];
    }),
};

function pairOf({ value, style }: ScalarNode, flow: boolean) {
  if (!/^[\w.-]+$/.test(value)) return undefined;
  return { key: writtenText(value, flow ? style : "plain", flow), value: flow ? "{}" : undefined };
}

function itemOf({ key, value }: MappingEntry, flow: boolean): string | undefined {
  const isEmpty = isNull(value) || (value?.kind === "mapping" && value.entries.length === 0);
  return isEmpty && /^[\w.-]+$/.test(key.value) ? writtenText(key.value, key.style, flow) : undefined;
}
