import { itemToMapping, itemToText } from "../../../model/compose/edit/item-forms.ts";
import { itemIn } from "../place.ts";
import { offer, type Refactoring } from "../refactoring.ts";
import { sourceOf } from "../source-of.ts";

/** `- path` ↔ `- path: path`, of `include`. */
export const includes: Refactoring = {
  id: "includes",
  kind: "rewrite",
  offersAt: (place) => {
    const step = itemIn(place, "include", "[]");
    if (!step || step.item.viaAlias || step.item.tag !== undefined) return [];
    const { file } = place;
    const { item, owner } = step;
    if (item.kind === "scalar") {
      const path = sourceOf(file, item);
      const edits =
        path === undefined ? undefined : itemToMapping(file, owner, item, [{ key: "path", value: path }]);
      return [offer("Write this entry of include in the long form", edits)];
    }
    const [only, ...more] = item.kind === "mapping" && item.merges.length === 0 ? item.entries : [];
    const isPath = only?.key.value === "path" && more.length === 0;
    const path = isPath && only.value ? sourceOf(file, only.value) : undefined;
    return path === undefined
      ? []
      : [offer("Write this entry of include in the short form", itemToText(file, item, path))];
  },
};
