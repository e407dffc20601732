import type { Stage } from "../../../model/stage/stage.ts";

/** Is the stage told of, by its name, as one to work, test or debug in? */
export function isForDevelopment({ name }: Stage): boolean {
  return /dev|test|debug|local|watch|lint|\bci\b/i.test(name ?? "");
}
