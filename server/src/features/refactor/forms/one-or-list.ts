import { valueToBlock, valueToText } from "../../../model/compose/edit/item-forms.ts";
import { entryIn } from "../place.ts";
import { offer, type Refactoring } from "../refactoring.ts";
import { sourceOf } from "../source-of.ts";

const keys = ["dns", "dns_search", "label_file", "tmpfs"];

/** `dns: address` ↔ a list of one, of keys that take either. */
export const oneOrList: Refactoring = {
  id: "one-or-list",
  kind: "rewrite",
  offersAt: (place) =>
    keys.flatMap((key) => {
      const step = entryIn(place, "services", "*", key);
      const value = step?.entry.value;
      if (!step || !value || value.tag !== undefined || value.viaAlias) return [];
      const { file } = place;
      if (value.kind === "scalar") {
        const text = sourceOf(file, value);
        if (text === undefined) return [];
        const edits = valueToBlock(file, step.owner, step.entry, [`- ${text}`], `[${text}]`);
        return [offer(`Write ${key} as a list`, edits)];
      }
      const [only, ...more] = value.kind === "sequence" ? value.items : [];
      const text = only && more.length === 0 ? sourceOf(file, only) : undefined;
      if (text === undefined) return [];
      return [offer(`Write ${key} as one text`, valueToText(file, step.entry, text))];
    }),
};
