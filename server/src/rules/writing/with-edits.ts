import { evaluateDockerfile } from "../../model/stage/evaluate.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { parseDockerfile } from "../../syntax/dockerfile/parse.ts";
import { applyEdits, type TextEdit } from "../../text/edit.ts";

/**
 * The stage as it would be with these edits, which add and remove no FROM. For fixes that later instructions may undo:
 * reads the file again, so only for what is about to be offered.
 */
export function stageWithEdits({ model, index }: Stage, edits: readonly TextEdit[]): Stage | undefined {
  const file = parseDockerfile(applyEdits(model.file.text, edits));
  return evaluateDockerfile(file, model.inputs).stages[index];
}
