import { evaluateDockerfile } from "../../model/stage/evaluate.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { parseDockerfile } from "../../syntax/dockerfile/parse.ts";
import { applyEdits, type TextEdit } from "../../text/edit.ts";

/** The final stage of another text, read with all that is known around this one. */
export function finalStageOf({ model }: Stage, text: string): Stage | undefined {
  return evaluateDockerfile(parseDockerfile(text), model.inputs).finalStage;
}

/** Of the whole file that the stage is in. */
export function textOf({ model }: Stage): string {
  return model.file.text;
}

/** The final stage after edits of its file. */
export function edited(stage: Stage, edits: readonly TextEdit[]): Stage | undefined {
  return edits.length === 0 ? stage : finalStageOf(stage, applyEdits(textOf(stage), edits));
}
