import {
  itemToMapping,
  itemToText,
  valueToBlock,
  valueToText,
} from "../../../model/compose/edit/item-forms.ts";
import { entryIn } from "../place.ts";
import { offer, type Refactoring } from "../refactoring.ts";
import { sourceOf } from "../source-of.ts";
import { plainTexts } from "../texts.ts";
import { itemOffers } from "./item-offers.ts";

/** `env_file: a.env` ↔ a list of paths ↔ a list of mappings with `path` and `required`. */
export const envFile: Refactoring = {
  id: "env-file",
  kind: "rewrite",
  offersAt: (place) => {
    const { file } = place;
    const step = entryIn(place, "services", "*", "env_file");
    const value = step?.entry.value;
    if (!step || !value || value.tag !== undefined) return [];
    if (value.kind === "scalar") {
      const path = sourceOf(file, value);
      if (path === undefined || value.type === "null") return [];
      const edits = valueToBlock(file, step.owner, step.entry, [`- ${path}`], `[${path}]`);
      return [offer("Write env_file as a list", edits)];
    }
    const [only, ...more] = value.kind === "sequence" ? value.items : [];
    const path = only && more.length === 0 ? sourceOf(file, only) : undefined;
    return [
      ...(path === undefined
        ? []
        : [offer("Write env_file as one path", valueToText(file, step.entry, path))]),
      ...itemOffers(place, "env_file", "long", ({ owner, item }) => {
        const text = sourceOf(file, item);
        if (text === undefined) return undefined;
        return itemToMapping(file, owner, item, [
          { key: "path", value: text },
          { key: "required", value: "true" },
        ]);
      }),
      ...itemOffers(place, "env_file", "short", ({ item }) => {
        const pathNode =
          item.kind === "mapping" ? item.entries.find((it) => it.key.value === "path")?.value : undefined;
        const text = pathNode && sourceOf(file, pathNode);
        const others = item.kind === "mapping" && {
          ...item,
          entries: item.entries.filter((it) => it.key.value !== "path"),
        };
        const texts = others ? plainTexts(others, ["required"]) : undefined;
        // A missing file is an error in the short form.
        if (text === undefined || !texts || (texts["required"] ?? "true") !== "true") return undefined;
        return itemToText(file, item, text);
      }),
    ];
  },
};
