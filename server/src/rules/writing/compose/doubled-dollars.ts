import { placeInside } from "../../../syntax/compose/scalar-span.ts";
import type { ScalarNode } from "../../../syntax/compose/tree.ts";
import { insert } from "../../../text/edit.ts";
import type { Fix } from "../../rule.ts";

/** Two dollars for one at these offsets of the value. */
export function doubled(
  text: string,
  scalar: ScalarNode,
  at: readonly number[],
  title: string,
): readonly Fix[] {
  const places = at.map((it) => placeInside(text, scalar, it));
  if (!places.every((it) => it !== undefined)) return [];
  return [{ kind: "safe", title, edits: places.map((it) => insert(it, "$")) }];
}
