import { safeEdits } from "../rules/fix-all.ts";
import type { Fix, OtherFileChange, Problem } from "../rules/rule.ts";
import type { TextEdit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";
import { type SuppressionTarget, suppressionsOf } from "./suppress/suppress.ts";

/** Something that the light bulb offers. */
export interface Action {
  readonly title: string;
  /** The problem that it is about; undefined when it is about several. */
  readonly problem: Problem | undefined;
  /** The one that is taken when the user asks for no choice. */
  readonly preferred: boolean;
  readonly edits: readonly TextEdit[];
  /** Changes of other files, made with the edits or not at all. */
  readonly others?: readonly OtherFileChange[];
}

/** What a fix may change that is not safe: of a Dockerfile the image, of a Compose file the containers. */
export type Changed = "the build" | "what runs";

/** The fixes of the problems that touch a range, then the ways to silence them. Safe fixes come first. */
export function quickFixes(
  target: SuppressionTarget,
  problems: readonly Problem[],
  range: Span,
  changed: Changed = "the build",
): Action[] {
  const touched = problems.filter(({ span }) => span.start <= range.end && range.start <= span.end);
  const fixes = touched.flatMap((problem) => [
    ...problem.fixes
      .filter((it) => it.kind === "safe")
      .map((it, index) => fixAction(problem, it, it.title, index === 0)),
    ...problem.fixes
      .filter((it) => it.kind === "unsafe")
      .map((it) => fixAction(problem, it, `${it.title} (may change ${changed})`, false)),
  ]);
  return [
    ...fixes,
    ...allOfOneRule(problems, touched),
    ...touched.flatMap((it) => suppressionsOf(target, it)),
  ];
}

function fixAction(problem: Problem, { edits, others }: Fix, title: string, preferred: boolean): Action {
  return { title, problem, preferred, edits, ...(others && { others }) };
}

/** Where a rule's safe fix is offered and the file has more of them: all at once. */
function allOfOneRule(problems: readonly Problem[], touched: readonly Problem[]): Action[] {
  const rules = new Set(touched.filter(isSafe).map((it) => it.rule));
  return [...rules].flatMap((rule) => {
    const same = problems.filter((it) => it.rule === rule && isSafe(it));
    if (same.length < 2) return [];
    return [
      {
        title: `Fix all ${same.length} problems of ${rule}`,
        problem: undefined,
        preferred: false,
        edits: safeEdits(same),
      },
    ];
  });
}

function isSafe({ fixes }: Problem): boolean {
  return fixes.some((it) => it.kind === "safe");
}
