import type { Stage } from "../../model/stage/stage.ts";
import { stageUses } from "../../rules/knowledge/stages/stage-uses.ts";
import { holdsComment, insertBelow, removeLines } from "../../rules/writing/dockerfile/lines.ts";
import { replace, type TextEdit } from "../../text/edit.ts";

/**
 * Writes the instructions of the stage that a stage is built on into the stage itself, which then names that one's image:
 * `FROM base` becomes `FROM node:24` with what `base` says. A stage that nobody else uses goes. Undefined where the stage is built
 * on an image already, or a platform would be lost.
 */
export function flatten(stage: Stage): readonly TextEdit[] | undefined {
  const { base, model } = stage;
  const { file } = model;
  if (base.kind !== "stage" || !base.stage.base.word) return undefined;
  const below = base.stage;
  const lines = below.instructions.map((it) => file.text.slice(it.span.start, it.span.end));
  const image = below.base.word?.raw ?? "";
  if (below.platform && stage.platform) return undefined;
  const platform = below.platform && file.text.slice(below.platform.span.start, below.platform.span.end);
  return [
    replace(base.word.span, platform === undefined ? image : `${platform} ${image}`),
    ...(lines.length > 0 ? [insertBelow(file, stage.from, ...lines)] : []),
    ...removal(below, stage),
  ];
}

/** Takes away a stage that only one other is built on, if nothing speaks of a stage by its number. */
function removal(below: Stage, user: Stage): readonly TextEdit[] {
  const { file } = below.model;
  const uses = stageUses(below.model).filter((it) => it.stage === below);
  const isNumbered = /--from=\d|[,=]from=\d/.test(file.text);
  const all = [below.from, ...below.instructions];
  const end = all.at(-1)?.span.end ?? below.from.span.end;
  if (uses.length > 1 || isNumbered || holdsComment(file, { start: below.from.span.start, end })) return [];
  if (below.base.kind === "stage" || user.index < below.index) return [];
  return all.map((it) => removeLines(file, it));
}
