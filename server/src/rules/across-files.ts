import type { ComposeProject } from "../model/compose/project.ts";
import type { WholeProject } from "../model/compose/whole/whole-project.ts";
import type { TextEdit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";
import type { Fix, Problem, Related, Rule } from "./rule.ts";

/**
 * What is wrong in a file that is one of several, out of `found`, what is wrong in it by itself: rules that look across files are
 * believed about the whole project instead. `look` asks them.
 */
export function acrossFiles(
  { whole }: Pick<ComposeProject, "whole">,
  rules: readonly Rule[],
  found: readonly Problem[],
  look: (project: ComposeProject, rules: readonly Rule[]) => readonly Problem[],
): readonly Problem[] {
  if (!whole) return found;
  const wide = acrossFilesAmong(rules);
  const ids = new Set(wide.map((it) => it.id));
  const inside = new Map(
    found.filter((it) => ids.has(it.rule)).map((it) => [placeOf(it.rule, it.span), it] as const),
  );
  const moved = look(whole.project, wide).flatMap((it) => movedProblem(it, whole, inside) ?? []);
  const once = new Map(moved.map((it) => [placeOf(it.rule, it.span), it]));
  return [...found.filter((it) => !ids.has(it.rule)), ...once.values()];
}

function placeOf(rule: string, { start, end }: Span): string {
  return `${rule} ${start} ${end}`;
}

/** The same list for the same rules: plans are kept by it. */
function acrossFilesAmong(rules: readonly Rule[]): readonly Rule[] {
  const known = wideRules.get(rules);
  if (known) return known;
  const wide = rules.filter((it) => it.acrossFiles);
  wideRules.set(rules, wide);
  return wide;
}

const wideRules = new WeakMap<readonly Rule[], readonly Rule[]>();

/** A problem of the whole project in the file that asked; undefined where it is written in another one. */
function movedProblem(
  problem: Problem,
  whole: WholeProject,
  inside: ReadonlyMap<string, Problem>,
): Problem | undefined {
  const place = whole.placeOf(problem.span);
  if (!place) return undefined;
  const isHere = place.source.path === whole.own.path;
  const span = isHere ? place.span : place.broughtIn;
  if (!span) return undefined;
  const there: Related = { message: "It is written here.", span: place.span, file: place.source.path };
  const related = problem.related.flatMap((it) => movedReason(it, whole) ?? []);
  const before = isHere ? inside.get(placeOf(problem.rule, span))?.fixes : undefined;
  const fixes = isHere
    ? problem.fixes.flatMap(
        (it) => before?.find(({ title }) => title === it.title) ?? movedFix(it, whole) ?? [],
      )
    : [];
  return { ...problem, span, related: isHere ? related : [there, ...related], fixes };
}

function movedReason(reason: Related, whole: WholeProject): Related | undefined {
  if (!reason.span || reason.file !== undefined) return reason;
  const place = whole.placeOf(reason.span);
  if (!place) return undefined;
  const { source, span } = place;
  return { ...reason, span, ...(source.path !== whole.own.path && { file: source.path }) };
}

/**
 * Only what replaces words of the own file that stand there as they are; what is put between lines has no place there. Services that
 * share the words by an alias are not told apart, so that nobody should make it unseen.
 */
function movedFix(fix: Fix, whole: WholeProject): Fix | undefined {
  const edits: TextEdit[] = [];
  for (const edit of fix.edits) {
    const words = whole.project.file.text.slice(edit.span.start, edit.span.end);
    const place = whole.placeOf(edit.span);
    if (words === "" || place?.source.path !== whole.own.path) return undefined;
    const { start, end } = place.span;
    if (whole.own.file.text.slice(start, end) !== words) return undefined;
    edits.push({ ...edit, span: place.span });
  }
  return { ...fix, kind: "unsafe", edits };
}
