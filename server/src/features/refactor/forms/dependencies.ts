import { mappingToList } from "../../../model/compose/edit/list-and-mapping.ts";
import { writeLongDependencies } from "../../../model/compose/edit/long-dependencies.ts";
import { writtenText } from "../../../model/compose/edit/written-text.ts";
import type { MappingEntry } from "../../../syntax/compose/tree.ts";
import { valueIn } from "../../../text/value-in.ts";
import { entryIn, serviceAt } from "../place.ts";
import { offer, type Refactoring } from "../refactoring.ts";

/** `- db` ↔ `db: {condition: service_started}`. */
export const dependencies: Refactoring = {
  id: "dependencies",
  kind: "rewrite",
  offersAt: (place) => {
    const step = entryIn(place, "services", "*", "depends_on");
    const service = serviceAt(place);
    if (!step || !service || step.entry.value?.tag !== undefined) return [];
    return [
      offer(
        "Write depends_on with conditions",
        writeLongDependencies(place.file, service, () => "service_started"),
      ),
      offer("Write depends_on as a list", mappingToList(place.file, step.entry, itemOf)),
    ];
  },
};

/** What a list says: waits for the start, and needs it (compose-spec 05-services.md#depends_on, read 2026-11). */
const implied: Readonly<Record<string, string>> = {
  condition: "service_started",
  required: "true",
  restart: "false",
};

function itemOf({ key, value }: MappingEntry, flow: boolean): string | undefined {
  if (value?.kind !== "mapping" || value.merges.length > 0) return undefined;
  const isImplied = value.entries.every(
    (it) => it.value?.kind === "scalar" && it.value.value === valueIn(implied, it.key.value),
  );
  return isImplied && !key.value.includes("$") ? writtenText(key.value, key.style, flow) : undefined;
}
