import { flowMapping, valueToBlock, valueToText } from "../../../model/compose/edit/item-forms.ts";
import { entryIn } from "../place.ts";
import { offer, type Refactoring } from "../refactoring.ts";
import { sourceOf } from "../source-of.ts";

/** `nofile: 1024` ↔ `nofile: {soft: 1024, hard: 1024}`. */
export const ulimits: Refactoring = {
  id: "ulimits",
  kind: "rewrite",
  offersAt: (place) =>
    [["ulimits"], ["build", "ulimits"]].flatMap((path) => {
      const step = entryIn(place, "services", "*", ...path, "*");
      const value = step?.entry.value;
      if (!step || !value || value.viaAlias || value.tag !== undefined) return [];
      const { file } = place;
      const { key } = step.entry;
      if (value.kind === "scalar") {
        const limit = sourceOf(file, value);
        if (limit === undefined || !/^-?\d+$/.test(limit)) return [];
        const entries = ["soft", "hard"].map((it) => ({ key: it, value: limit }));
        const lines = entries.map((it) => `${it.key}: ${it.value}`);
        const edits = valueToBlock(file, step.owner, step.entry, lines, flowMapping(file, entries));
        return [offer(`Write ${key.value} in the long form`, edits)];
      }
      const entries = value.kind === "mapping" && value.merges.length === 0 ? value.entries : [];
      const limits = new Set(entries.map((it) => it.value && sourceOf(file, it.value)));
      const [limit, ...others] = limits;
      const isBoth =
        entries.length === 2 && ["soft", "hard"].every((it) => entries.some((e) => e.key.value === it));
      if (!isBoth || others.length > 0 || limit === undefined || !/^-?\d+$/.test(limit)) return [];
      return [offer(`Write ${key.value} in the short form`, valueToText(file, step.entry, limit))];
    }),
};
