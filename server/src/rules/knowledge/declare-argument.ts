import type { Stage } from "../../model/stage/stage.ts";
import type { Fix } from "../rule.ts";
import { insertAbove } from "../writing/lines.ts";
import type { UnsetUse } from "./unset-variables.ts";

/**
 * Declares an argument in the stage, right above the first instruction that uses it: further up it would only take the
 * steps between out of the cache whenever it changes.
 */
export function declareArgument(name: string, uses: readonly UnsetUse[], { model }: Stage): Fix[] {
  const first = uses.find((it) => it.name === name);
  if (!first) return [];
  const edits = [insertAbove(model.file, first.instruction, `ARG ${name}`)];
  return [{ kind: "safe", title: `Declare ARG ${name} in this stage`, edits }];
}

/** One finding for each word that the build expands, as BuildKit has it, and for each RUN: a script that loops has one mistake. */
export function oncePerRun(uses: readonly UnsetUse[]): UnsetUse[] {
  return uses.filter(
    (use, index) =>
      use.by === "build" ||
      !uses.slice(0, index).some((it) => it.instruction === use.instruction && it.name === use.name),
  );
}
