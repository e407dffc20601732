import type { Dockerfile, Edit, Instruction } from "../../syntax/dockerfile/tree.ts";
import type { TextChange } from "../../text/change.ts";
import type { ModelInputs } from "./dockerfile-model.ts";
import type { EvaluatedStage } from "./evaluated-stage.ts";
import { tellsOfShell } from "./shell-comment.ts";
import type { Stage } from "./stage.ts";
import { fromWords, needsOf } from "./stage-graph.ts";

/** A FROM and the instructions up to the next one. */
export interface Section {
  readonly from: Instruction;
  readonly instructions: readonly Instruction[];
}

/** What the last edit left of the stages. */
export interface Unchanged {
  /** The first ones, in front of the edit: as good in the new model as in the one before. */
  readonly kept: readonly EvaluatedStage[];
  /**
   * Around it and behind it: by their place among the stages, what they were. Their instructions are the same, elsewhere in
   * the text or with other comments and blank lines between them, and so are the stages that they need.
   */
  readonly moved: ReadonlyMap<number, Stage>;
}

export const NOTHING_UNCHANGED: Unchanged = { kept: [], moved: new Map() };

/**
 * Compares the stages of a model with the sections of the file after an edit. Nothing is unchanged where the edit is not
 * known, where something else than the text may be another (build arguments, the context), where it touches what stands in
 * front of the first FROM, or changes which names stages have: all stages may be meant by those.
 */
export function unchangedStages(
  before: {
    readonly file: Dockerfile;
    readonly inputs: ModelInputs;
    readonly stages: readonly EvaluatedStage[];
  },
  after: { readonly file: Dockerfile; readonly inputs: ModelInputs },
  sections: readonly Section[],
): Unchanged {
  const { edit } = after.file;
  if (edit?.before !== before.file || !areSame(before.inputs, after.inputs)) return NOTHING_UNCHANGED;
  if (!haveSameNames(before.stages, sections)) return NOTHING_UNCHANGED;
  const kept = before.stages.slice(0, countOfKept(before.stages, sections, edit));
  // With its first FROM everything in front of that is as it was.
  const isBehindFrom = sections[0]?.from === before.stages[0]?.from;
  if (!isBehindFrom) return { kept, moved: NOTHING_UNCHANGED.moved };
  const speaksOfShell = tellsOfShell(before.file) || tellsOfShell(after.file);
  return { kept, moved: movedStages(before.stages, sections, kept.length, edit.change, !speaksOfShell) };
}

function countOfKept(
  stages: readonly EvaluatedStage[],
  sections: readonly Section[],
  { change }: Edit,
): number {
  const isKept = (stage: EvaluatedStage, index: number) => {
    const { from, instructions } = stage;
    const section = sections[index];
    const next = sections[index + 1];
    return (
      next !== undefined &&
      // Comments up to the next FROM are the stage's too.
      next.from.span.start < change.start &&
      section?.from === from &&
      section.instructions.length === instructions.length &&
      instructions.every((it, at) => it === section.instructions[at]) &&
      // A later stage may be taken from, and be another one now.
      needsOf(stage).every((it) => it.index <= index)
    );
  };
  const first = stages.findIndex((stage, index) => !isKept(stage, index));
  return first < 0 ? stages.length : first;
}

function movedStages(
  stages: readonly EvaluatedStage[],
  sections: readonly Section[],
  countOfKept: number,
  change: TextChange,
  areCommentsSilent: boolean,
): ReadonlyMap<number, Stage> {
  const moved = new Map<number, Stage>();
  for (let index = countOfKept; index < stages.length; index++) {
    const stage = stages[index];
    const section = sections[index];
    if (!stage || !section) continue;
    const isUnchanged =
      hasMoved(stage, section, stages[index - 1], change) ||
      (areCommentsSilent && hasSameInstructions(stage, section, change));
    if (!isUnchanged) continue;
    const isSame = (it: Stage) => it.index < countOfKept || moved.get(it.index) === it;
    if (needsOf(stage).every(isSame)) moved.set(index, stage);
  }
  return moved;
}

/** The comments in front of its FROM too. */
function hasMoved(
  { from, instructions }: Stage,
  section: Section,
  above: Stage | undefined,
  { endBefore, endAfter }: TextChange,
): boolean {
  const start = (above?.instructions.at(-1) ?? above?.from)?.span.end ?? 0;
  return (
    start > endBefore &&
    section.instructions.length === instructions.length &&
    section.from.span.start === from.span.start + endAfter - endBefore
  );
}

/** Is the edit, if it is in this stage at all, in comments and blank lines? */
function hasSameInstructions({ from, instructions }: Stage, section: Section, change: TextChange): boolean {
  const isSame = (was: Instruction, is: Instruction | undefined) =>
    is === was || (is !== undefined && hasMovedWith(was, is, change));
  return (
    section.instructions.length === instructions.length &&
    isSame(from, section.from) &&
    instructions.every((it, at) => isSame(it, section.instructions[at]))
  );
}

function hasMovedWith(was: Instruction, is: Instruction, change: TextChange): boolean {
  const shift = change.endAfter - change.endBefore;
  if (is.span.end !== was.span.end + shift) return false;
  const lines = ({ startLine, endLine }: Instruction) => endLine - startLine;
  if (was.span.start > change.endBefore)
    return is.span.start === was.span.start + shift && lines(is) === lines(was);
  // Around the edit: the line that it reads as has no comments.
  return (
    was.span.start < change.start &&
    was.span.end > change.endBefore &&
    is.span.start === was.span.start &&
    is.name === was.name &&
    is.body.text === was.body.text &&
    is.hereDocuments.length === 0 &&
    was.hereDocuments.length === 0
  );
}

function haveSameNames(stages: readonly EvaluatedStage[], sections: readonly Section[]): boolean {
  return (
    stages.length === sections.length &&
    stages.every(({ name }, index) => {
      const section = sections[index];
      return section !== undefined && name === stageNameOf(section.from);
    })
  );
}

/** Lower case. */
export function stageNameOf(from: Instruction): string | undefined {
  return fromWords(from).name?.raw.toLowerCase();
}

function areSame(before: ModelInputs, after: ModelInputs): boolean {
  return (
    before.images === after.images &&
    before.packages === after.packages &&
    before.shell === after.shell &&
    before.context === after.context &&
    before.ownFolder === after.ownFolder &&
    sameText(before.buildArguments, after.buildArguments) &&
    sameText(before.contexts, after.contexts) &&
    sameText(before.platforms, after.platforms)
  );
}

function sameText(before: unknown, after: unknown): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}
