import { itemToMapping, itemToText } from "../../../model/compose/edit/item-forms.ts";
import type { Refactoring } from "../refactoring.ts";
import { sourceOf } from "../source-of.ts";
import { itemOffers } from "./item-offers.ts";

/** `- name` ↔ `- source: name`, of `secrets` and `configs`. */
export const grants: Refactoring = {
  id: "grants",
  kind: "rewrite",
  offersAt: (place) =>
    ["secrets", "configs"].flatMap((key) => [
      ...itemOffers(place, key, "long", ({ owner, item }) => {
        const name = sourceOf(place.file, item);
        return name === undefined
          ? undefined
          : itemToMapping(place.file, owner, item, [{ key: "source", value: name }]);
      }),
      ...itemOffers(place, key, "short", ({ item }) => {
        const [only, ...more] = item.kind === "mapping" ? item.entries : [];
        const isSource = only?.key.value === "source" && more.length === 0;
        const name = isSource && only.value ? sourceOf(place.file, only.value) : undefined;
        return name === undefined ? undefined : itemToText(place.file, item, name);
      }),
    ]),
};
