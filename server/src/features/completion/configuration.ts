import { parseCompose } from "../../syntax/compose/parse.ts";
import { span } from "../../text/span.ts";
import { type ConfigurationPlace, placeBehind } from "../knowledge/configuration-places.ts";
import type { Candidate, CandidateKind } from "./candidate.ts";
import { type ComposeCursor, composeCursorIn } from "./compose/cursor.ts";

/** What can be written at `offset` of a configuration file: keys, names of rules, and the values that there are. */
export function completeConfiguration(root: ConfigurationPlace, text: string, offset: number): Candidate[] {
  const cursor = composeCursorIn(parseCompose(text), offset);
  const place = cursor && placeBehind(root, cursor.path);
  if (!cursor || !place) return [];
  if (cursor.at === "value") return valuesAt(cursor, place);
  // A line below `ignored:` may be an entry of its list, and begins with a dash then.
  const entry = place.keys ? undefined : place.behind?.("[]");
  return place.keys ? keysAt(cursor, place) : entry?.values ? valuesAt(cursor, entry, "- ") : [];
}

function keysAt(cursor: ComposeCursor, place: ConfigurationPlace): Candidate[] {
  return Object.entries(place.keys ?? {})
    .filter(([key]) => !cursor.keys.has(key))
    .map(([key, summary], rank) => {
      const behind = place.behind?.(key);
      const isNested = behind?.keys !== undefined || (behind !== undefined && behind.values === undefined);
      const opening = cursor.hasColon ? "" : isNested && !cursor.inFlow ? ":\n  " : ": ";
      return candidate(cursor, key, {
        kind: behind?.values && cursor.path.length > 0 ? "rule" : "keyword",
        newText: `${key}${opening}`,
        summary,
        rank,
        continues: behind !== undefined,
      });
    });
}

function valuesAt(cursor: ComposeCursor, { values = {} }: ConfigurationPlace, dash = ""): Candidate[] {
  return Object.entries(values)
    .filter(([value]) => !cursor.items.includes(value))
    .map(([value, summary], rank) =>
      candidate(cursor, value, {
        kind: "value",
        newText: `${dash}${value}`,
        summary,
        rank,
        continues: false,
      }),
    );
}

interface Written {
  readonly kind: CandidateKind;
  readonly newText: string;
  readonly summary: string;
  readonly rank: number;
  readonly continues: boolean;
}

function candidate(
  { offset, typed, rest }: ComposeCursor,
  label: string,
  { kind, newText, summary, rank, continues }: Written,
): Candidate {
  return {
    label,
    kind,
    edit: { span: span(offset - typed.length, offset + rest.length), newText },
    snippet: false,
    rank,
    continues,
    ...(summary !== "" && { documentation: summary }),
  };
}
