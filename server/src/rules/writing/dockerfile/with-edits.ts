import { evaluateDockerfile } from "../../../model/stage/evaluate.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { neededBy } from "../../../model/stage/stage-graph.ts";
import { parseDockerfile } from "../../../syntax/dockerfile/parse.ts";
import { applyEdits, type TextEdit } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";

/**
 * The stage as it would be with these edits, which add and remove no FROM. For fixes that later instructions may undo:
 * reads what the stage is made of again, so only for what is about to be offered.
 */
export function stageWithEdits(stage: Stage, edits: readonly TextEdit[]): Stage | undefined {
  const { model, index } = stage;
  const made = makingOf(stage, edits);
  if (made !== undefined) return evaluateDockerfile(parseDockerfile(made), model.inputs).stages.at(-1);
  const file = parseDockerfile(applyEdits(model.file.text, edits));
  return evaluateDockerfile(file, model.inputs).stages[index];
}

/**
 * The file with the edits, and without the stages that this one has no need of, which many findings in a long file would read each
 * time. Undefined where a number names a stage, or an edit lies elsewhere.
 */
function makingOf(stage: Stage, edits: readonly TextEdit[]): string | undefined {
  const { file, stages } = stage.model;
  const starts = stages.map((it) => file.lines.startOf(it.from.startLine));
  const parts: Span[] = [{ start: 0, end: starts[0] ?? 0 }];
  const needed = [...neededBy(stage)].map((it) => it.index).sort((a, b) => a - b);
  for (const it of needed) parts.push({ start: starts[it] ?? 0, end: starts[it + 1] ?? file.text.length });
  const all = parts.map((part) => {
    const own = edits.filter(({ span }) => part.start <= span.start && span.end <= part.end);
    const moved = own.map(({ span, newText }) => ({
      span: { start: span.start - part.start, end: span.end - part.start },
      newText,
    }));
    return { count: own.length, text: applyEdits(file.text.slice(part.start, part.end), moved) };
  });
  const text = all.map((it) => it.text).join("");
  // At the border of two parts an insertion would be made twice.
  const isWhole = all.reduce((sum, it) => sum + it.count, 0) === edits.length;
  return isWhole && !/from=\d|^\s*FROM\s+\d/im.test(text) ? text : undefined;
}
