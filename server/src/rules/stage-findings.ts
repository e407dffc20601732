import { notedOnStage, type Stage } from "../model/stage/stage.ts";
import type { Dockerfile, Edit } from "../syntax/dockerfile/tree.ts";
import type { TextChange } from "../text/change.ts";
import { firstWhere } from "../text/sorted.ts";
import { areListsUsedAbove } from "./knowledge/packages/system/package-lists.ts";
import { versionOfImages } from "./knowledge/stages/images-with.ts";
import { isShipped } from "./knowledge/stages/shipped.ts";
import { isTarget } from "./knowledge/stages/target-stages.ts";
import { type StillFound, stillFoundAfter } from "./moved-problems.ts";
import { type Policy, textOf } from "./policy.ts";
import type { Problem, Rule } from "./rule.ts";
import { lineBreakOf } from "./writing/dockerfile/lines.ts";

/** What a stage is checked with: as long as it is the same, the same is found in the same stage. */
export interface StageCheck {
  readonly rules: readonly Rule[];
  readonly policy: Policy;
  /** Of the rules, those that ask for more of the file than the others. */
  readonly beyond: readonly AsksBeyond[];
}

export type AsksBeyond = Required<Pick<Rule, "asksBeyond">>;

/**
 * What was found in a stage by rules that look no further than it and what it needs, in this check or in one before an
 * edit that left the stage as it was, and which of them have to be asked again. Undefined where all have to be.
 */
export function foundBefore(stage: Stage, check: StageCheck): StillFound | undefined {
  const own = validFor(stage, found(stage).last, check);
  if (own) return { problems: own, again: NO_RULES };
  const { edit } = stage.model.file;
  const before = stage.model.beforeEdit(stage);
  const theirs = before && edit && validFor(stage, found(before).last, check);
  return theirs && edit && stillFoundAfter(theirs, placeOf(edit), countsSameLines(edit, stage.model.file));
}

const NO_RULES: ReadonlySet<string> = new Set();

/** Keeps what was found in a stage, with what that depends on beside the stage itself. */
export function rememberFound(stage: Stage, check: StageCheck, problems: readonly Problem[]): void {
  const { rules, policy } = check;
  found(stage).last = { rules, policy: textOf(policy), role: roleOf(stage, check), problems };
}

interface Found {
  readonly rules: readonly Rule[];
  readonly policy: string;
  readonly role: string;
  readonly problems: readonly Problem[];
}

const found = notedOnStage((): { last: Found | undefined } => ({ last: undefined }));

function validFor(stage: Stage, kept: Found | undefined, check: StageCheck): readonly Problem[] | undefined {
  return kept?.rules === check.rules &&
    kept.policy === textOf(check.policy) &&
    kept.role === roleOf(stage, check)
    ? kept.problems
    : undefined;
}

/** What other stages make of a stage, and what rules ask of them. */
function roleOf(stage: Stage, { beyond }: StageCheck): string {
  return [
    stage.isFinal,
    stage.isUsedByFinal,
    isShipped(stage),
    isTarget(stage),
    areListsUsedAbove(stage),
    versionOfImages(stage),
    // Fixes write it.
    lineBreakOf(stage.model.file),
    ...beyond.map((it) => it.asksBeyond(stage)),
  ].join(" ");
}

/**
 * The change with the instruction that it is in, or with both around it where it stands between two: what is said of them, or
 * put there, may depend on the comments in them and between them.
 */
function placeOf(edit: Edit): TextChange {
  const { before, change } = edit;
  const known = places.get(edit);
  if (known) return known;
  const at = firstWhere(before.instructions, (it) => it.span.end >= change.start);
  const [above, next] = [before.instructions[at - 1], before.instructions[at]];
  const shift = change.endAfter - change.endBefore;
  const endBefore = next?.span.end ?? before.text.length;
  const isBetween = next === undefined || next.span.start > change.endBefore;
  const start = isBetween ? (above?.span.start ?? 0) : next.span.start;
  const isSmall = start <= change.start && endBefore >= change.endBefore;
  const place = isSmall ? { start, endBefore, endAfter: endBefore + shift } : change;
  places.set(edit, place);
  return place;
}

/** Asked for with each stage. */
const places = new WeakMap<Edit, TextChange>();

function countsSameLines({ before }: Edit, after: Dockerfile): boolean {
  return before.lines.starts.length === after.lines.starts.length;
}
