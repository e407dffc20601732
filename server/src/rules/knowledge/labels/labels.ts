import type { Stage } from "../../../model/stage/stage.ts";
import { wordValue } from "../../../model/stage/word-value.ts";
import { type Instruction, notedOnInstruction, type Pair } from "../../../syntax/dockerfile/tree.ts";

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
  return readLabels(instruction, stage);
}

/** An instruction stands in one stage. */
const readLabels = notedOnInstruction((label, stage: Stage): readonly Label[] =>
  label.pairs.map((pair) => ({ name: wordValue(pair.name, label, stage), pair })),
);

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
