import { valueToText } from "../../../model/compose/edit/item-forms.ts";
import { isOnOneLine } from "../../../model/compose/edit/list-and-mapping.ts";
import { isPlainValue } from "../../../model/compose/edit/plain-region.ts";
import { writtenText } from "../../../model/compose/edit/written-text.ts";
import { replace } from "../../../text/edit.ts";
import { entryIn } from "../place.ts";
import { offer, type Refactoring } from "../refactoring.ts";

/** `test: curl …` ↔ `test: ["CMD-SHELL", "curl …"]`. */
export const healthTest: Refactoring = {
  id: "health-test",
  kind: "rewrite",
  offersAt: (place) => {
    const step = entryIn(place, "services", "*", "healthcheck", "test");
    const value = step?.entry.value;
    if (!step || !value || value.viaAlias || value.tag !== undefined) return [];
    const { file } = place;
    if (value.kind === "scalar") {
      if (value.type !== "string" || !isOnOneLine(file, value) || !isPlainValue(file, step.entry)) return [];
      const list = `["CMD-SHELL", ${JSON.stringify(value.value)}]`;
      return [offer("Write test as a list", [replace(value.span, list)])];
    }
    const [first, command, ...more] = value.kind === "sequence" ? value.items : [];
    const isShell = first?.kind === "scalar" && first.value === "CMD-SHELL" && more.length === 0;
    if (!isShell || command?.kind !== "scalar" || command.type !== "string" || command.viaAlias) return [];
    if (!isOnOneLine(file, command) || command.tag !== undefined) return [];
    const written = writtenText(command.value, "plain", step.owner.flow);
    return [offer("Write test as one text", valueToText(file, step.entry, written))];
  },
};
