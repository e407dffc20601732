import type { Stage } from "../../model/stage/stage.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import type { Instruction, Pair } from "../../syntax/dockerfile/tree.ts";

/** A label that a LABEL sets. */
export interface Label {
  /** Variables, quotes and escapes resolved; undefined when a variable in it is not known. */
  readonly name: string | undefined;
  readonly pair: Pair;
}

const NONE: readonly never[] = [];

/** The labels of a LABEL in order; none of any other instruction. */
export function labelsOf(instruction: Instruction, stage: Stage): readonly Label[] {
  if (instruction.name !== "LABEL") return NONE;
  const known = found.get(instruction);
  if (known) return known;
  const labels = instruction.pairs.map((pair) => ({ name: wordValue(pair.name, instruction, stage), pair }));
  found.set(instruction, labels);
  return labels;
}

/** Kept, since several rules ask for each LABEL. An instruction stands in one stage. */
const found = new WeakMap<Instruction, readonly Label[]>();

/** Names of the labels that this stage, or one of the file that it is built on, sets; undefined when one of them is not known. */
export function labelNames(stage: Stage): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (let it: Stage | undefined = stage; it; it = it.base.kind === "stage" ? it.base.stage : undefined) {
    for (const instruction of it.instructions) {
      for (const { name } of labelsOf(instruction, it)) {
        if (name === undefined) return undefined;
        names.add(name);
      }
    }
  }
  return names;
}
