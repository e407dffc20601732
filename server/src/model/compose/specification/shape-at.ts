import { composeShape } from "./root.ts";
import type { Key, MappingShape, Shape } from "./shape.ts";

/** A step into a Compose file: a key, or an entry of a list, by its number or as `[]`. */
export type Step = string | number;

/** What may stand at a place, told by the way there from the root; undefined where the specification knows no such place. */
export function shapeAt(path: readonly Step[]): Shape | undefined {
  let shape: Shape | undefined = composeShape;
  for (const step of path) {
    if (!shape) return undefined;
    shape = typeof step === "number" || step === "[]" ? shape.list?.items : below(shape.mapping, step);
  }
  return shape;
}

/** The key that a path ends with; undefined where that is a name of the user's, or nothing known. */
export function keyAt(path: readonly Step[]): Key | undefined {
  const mapping = shapeAt(path.slice(0, -1))?.mapping;
  const name = path.at(-1);
  return mapping && typeof name === "string" && Object.hasOwn(mapping.keys, name)
    ? mapping.keys[name]
    : undefined;
}

function below(mapping: MappingShape | undefined, name: string): Shape | undefined {
  if (!mapping) return undefined;
  return Object.hasOwn(mapping.keys, name) ? mapping.keys[name]?.shape : mapping.named;
}
