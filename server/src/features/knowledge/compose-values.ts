import type { Shape } from "../../model/compose/specification/shape.ts";

/** Texts that make sense at a place: the only ones there are, or those that come to mind; of a list those of its entries. */
export function suggestionsFor(shape: Shape | undefined): readonly string[] {
  const scalar = shape?.scalar ?? shape?.list?.items.scalar;
  return scalar?.values ?? scalar?.suggestions ?? [];
}
