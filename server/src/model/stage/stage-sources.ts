import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { resolvePath } from "./paths.ts";
import type { Stage } from "./stage.ts";
import { wordValue } from "./word-value.ts";

/** One source of a COPY that takes it from another stage. */
export interface StageSource {
  readonly word: Word;
  /** Absolute in the other stage, and with the pattern where it is written with one. */
  readonly path: string;
}

/** The stage that a COPY takes files from; undefined for any other instruction, for images and for the build context. */
export function stageCopiedFrom(copy: Instruction, stage: Stage): Stage | undefined {
  const from = copy.name === "COPY" ? copy.flags.find((it) => it.name === "from")?.value : undefined;
  return from === undefined ? undefined : stage.model.findStage(from, stage);
}

/** The sources of such a COPY, in their order; those with a variable that is not known are left out. */
export function stageSources(copy: Instruction, stage: Stage): readonly StageSource[] {
  return copy.words.slice(0, -1).flatMap((word) => {
    const text = wordValue(word, copy, stage);
    const path = text === undefined ? undefined : resolvePath("/", text);
    return path === undefined ? [] : [{ word, path }];
  });
}
