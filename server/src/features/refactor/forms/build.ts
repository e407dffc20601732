import { flowMapping, valueToBlock, valueToText } from "../../../model/compose/edit/item-forms.ts";
import { entryIn } from "../place.ts";
import { offer, type Refactoring } from "../refactoring.ts";
import { sourceOf } from "../source-of.ts";

/** `build: .` ↔ `build: {context: .}`. */
export const build: Refactoring = {
  id: "build",
  kind: "rewrite",
  offersAt: (place) => {
    const step = entryIn(place, "services", "*", "build");
    const value = step?.entry.value;
    if (!step || !value || value.tag !== undefined) return [];
    const { file } = place;
    if (value.kind === "scalar") {
      const context = sourceOf(file, value);
      if (context === undefined || value.type === "null") return [];
      const entry = { key: "context", value: context };
      const flow = flowMapping(file, [entry]);
      return [
        offer(
          "Write build in the long form",
          valueToBlock(file, step.owner, step.entry, [`context: ${context}`], flow),
        ),
      ];
    }
    if (value.kind !== "mapping" || value.entries.length !== 1) return [];
    const [only] = value.entries;
    const context = only?.key.value === "context" && only.value ? sourceOf(file, only.value) : undefined;
    return context === undefined
      ? []
      : [offer("Write build in the short form", valueToText(file, step.entry, context))];
  },
};
