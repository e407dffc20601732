import type { Key, Shape } from "../../../model/compose/specification/shape.ts";
import type { Asked, KeyProposal } from "./asked.ts";
import { shapeOf } from "./asked.ts";

/** Keys that the specification knows at a place, those that are there left out, in the order of the specification. */
export function specificationKeys(
  asked: Asked,
  shape: Shape | undefined = shapeOf(asked),
): readonly KeyProposal[] {
  const keys: readonly (readonly [string, Key])[] = Object.entries(shape?.mapping?.keys ?? {});
  const required = shape?.mapping?.required ?? [];
  return keys
    .filter(([name]) => !asked.cursor.keys.has(name))
    .map(([name, { summary, shape: below, deprecated }], at) => ({
      label: name,
      behind: behindOf(below),
      documentation: summary,
      // In a list an entry of one word comes first.
      rank: deprecated ? 990 : (asked.cursor.at === "value" ? 500 : required.includes(name) ? 0 : 100) + at,
      ...(deprecated && { deprecated }),
    }));
}

/** What mostly stands behind a key of this shape. */
export function behindOf({ scalar, list, mapping, empty }: Shape): KeyProposal["behind"] {
  // Commands stand on the key's line; other texts that may be lists mostly are.
  if (scalar && list && empty) return { kind: "value" };
  // Names with more behind them are mostly written without it.
  if (list && mapping) return { kind: mapping.named?.mapping ? "list" : "mapping" };
  if (list) return { kind: "list" };
  return { kind: mapping ? "mapping" : "value" };
}
