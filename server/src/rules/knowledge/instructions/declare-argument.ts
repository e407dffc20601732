import type { Stage } from "../../../model/stage/stage.ts";
import type { Fix } from "../../rule.ts";
import { insertAbove } from "../../writing/dockerfile/lines.ts";
import type { UnsetUse } from "../shell/unset-variables.ts";

/**
 * Declares an argument in the stage, right above the instruction that uses it first: further up it would only take the
 * steps between out of the cache whenever it changes.
 */
export function declareArgument(use: UnsetUse | undefined, { model }: Stage): Fix[] {
  if (!use) return [];
  const edits = [insertAbove(model.file, use.instruction, `ARG ${use.name}`)];
  return [{ kind: "safe", title: `Declare ARG ${use.name} in this stage`, edits }];
}

/** By name, where it is used first. */
export function firstUses(uses: readonly UnsetUse[]): ReadonlyMap<string, UnsetUse> {
  const first = new Map<string, UnsetUse>();
  for (const use of uses) if (!first.has(use.name)) first.set(use.name, use);
  return first;
}

/** One finding for each word that the build expands, as BuildKit has it, and for each RUN: a script that loops has one mistake. */
export function oncePerRun(uses: readonly UnsetUse[]): UnsetUse[] {
  const seen = new Set<string>();
  return uses.filter(({ by, instruction, name }) => {
    const key = `${instruction.span.start} ${name}`;
    return by === "build" || (!seen.has(key) && seen.add(key));
  });
}
