import { flowMapping, valueToBlock, valueToText } from "../../../model/compose/edit/item-forms.ts";
import { entryIn } from "../place.ts";
import { offer, type Refactoring } from "../refactoring.ts";
import { sourceOf } from "../source-of.ts";

/** `extends: base` ↔ `extends: {service: base}`. */
export const extendsForm: Refactoring = {
  id: "extends-form",
  kind: "rewrite",
  offersAt: (place) => {
    const step = entryIn(place, "services", "*", "extends");
    const value = step?.entry.value;
    if (!step || !value || value.viaAlias || value.tag !== undefined) return [];
    const { file } = place;
    if (value.kind === "scalar") {
      const service = sourceOf(file, value);
      if (service === undefined) return [];
      const flow = flowMapping(file, [{ key: "service", value: service }]);
      const edits = valueToBlock(file, step.owner, step.entry, [`service: ${service}`], flow);
      return [offer("Write extends in the long form", edits)];
    }
    const [only, ...more] = value.kind === "mapping" && value.merges.length === 0 ? value.entries : [];
    const isService = only?.key.value === "service" && more.length === 0;
    const service = isService && only.value ? sourceOf(file, only.value) : undefined;
    return service === undefined
      ? []
      : [offer("Write extends in the short form", valueToText(file, step.entry, service))];
  },
};
