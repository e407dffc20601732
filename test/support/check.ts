import { expect } from "vitest";
import type { ModelInputs } from "../../server/src/model/stage/dockerfile-model.ts";
import { checkDockerfile } from "../../server/src/rules/check.ts";
import { safeEdits } from "../../server/src/rules/fix-all.ts";
import type { Policy } from "../../server/src/rules/policy.ts";
import type { Fix, Problem, Rule } from "../../server/src/rules/rule.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { source } from "../../server/src/text/source.ts";
import { readMarkers } from "./markers.ts";
import { contextAfter, modelOf } from "./model.ts";
import { everywhere } from "./only-with.ts";

export interface TestInputs extends Partial<ModelInputs> {
  readonly policy?: Policy;
}

/**
 * Holds in both directions: every marker is reported, and nothing without a marker is. Each fix on the way is tried
 * too, see `expectSound`.
 */
export function expectProblems(rule: Rule, fixture: string, inputs: TestInputs = {}): void {
  const { text, expected } = readMarkers(fixture);
  const problems = run(rule, text, inputs);
  const found = problems.map(({ span, rule: id, message }, index) => {
    const wantsMessage = expected[index]?.label.includes(": ");
    return { span, label: wantsMessage ? `${id}: ${message}` : id };
  });
  expect(found).toEqual(expected);
  for (const problem of problems) for (const fix of problem.fixes) expectSound(rule, text, fix, inputs);
}

export function reports(rule: Rule, inputs: TestInputs = {}) {
  return (strings: TemplateStringsArray): void => expectProblems(rule, source(strings), inputs);
}

/**
 * Before, a line `->`, after. The first fix of each problem is taken, or the first whose title holds `title`; all are
 * of this kind. The fixed text must no longer be reported.
 */
export function fixes(rule: Rule, kind: Fix["kind"], title = "", inputs: TestInputs = {}) {
  return (strings: TemplateStringsArray): void => {
    const [before = "", after = ""] = source(strings).split("->\n");
    const chosen = run(rule, before, inputs).flatMap(
      (it) => it.fixes.find((fix) => fix.title.includes(title)) ?? [],
    );
    expect(chosen.map((it) => it.kind)).toEqual(chosen.map(() => kind));
    const edits = chosen.flatMap((it) => it.edits);
    expect(applyEdits(before, edits)).toBe(after);
    expect(run(rule, after, inputs)).toEqual([]);
    for (const fix of chosen) expectSound(rule, before, fix, inputs);
  };
}

/** The rule reports, and has nothing to offer. */
export function offersNothing(rule: Rule, inputs: TestInputs = {}) {
  return (strings: TemplateStringsArray): void => {
    const problems = run(rule, source(strings), inputs);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.flatMap((it) => it.fixes.map((fix) => fix.title))).toEqual([]);
  };
}

/** Each problem of one text, e.g. to look at the reasons. */
export function problemsOf(rule: Rule, inputs: TestInputs = {}) {
  return (strings: TemplateStringsArray): Problem[] => run(rule, source(strings), inputs);
}

/** Fix-all until nothing changes, over these rules. */
export function fixedByAll(text: string, rules: readonly Rule[], inputs: TestInputs = {}): string {
  for (let now = text, pass = 0; ; pass++) {
    const edits = safeEdits(checkDockerfile(modelOf(now, inputs), { rules }));
    if (edits.length === 0) return now;
    expect(pass, "passes of fix-all").toBeLessThan(10);
    now = applyEdits(now, edits);
  }
}

/** What is around the file after a fix that changes other files. */
function afterFix(inputs: TestInputs, { others }: Fix): TestInputs {
  return others && inputs.context ? { ...inputs, context: contextAfter(inputs.context, others) } : inputs;
}

/**
 * The ignore file after the fix of the one problem that the rule reports, and that fix's title. The fix changes nothing else, and
 * nothing that was not reported before is reported after it.
 */
export function ignoreFileFixed(
  rule: Rule,
  text: string,
  inputs: TestInputs,
): readonly [title: string, text: string] {
  const [problem, ...more] = run(rule, text, inputs);
  expect(more).toEqual([]);
  const [fix] = problem?.fixes ?? [];
  const [change, ...others] = fix?.others ?? [];
  if (!fix || !change) throw new Error("There is no fix that changes another file.");
  expect([fix.edits, others]).toEqual([[], []]);
  expectSound(rule, text, fix, inputs);
  const idsIn = (it: TestInputs) => new Set(checkDockerfile(modelOf(text, it)).map(({ rule: id }) => id));
  expect([...idsIn(inputs)]).toEqual(expect.arrayContaining([...idsIn(afterFix(inputs, fix))]));
  return [fix.title, change.kind === "create" ? change.text : applyEdits(change.before, change.edits)];
}

/**
 * A fix leaves a file that parses, loses no comment, no here-document and no exec form, and takes its problem away. A comment that
 * becomes a directive is not lost.
 */
function expectSound(rule: Rule, before: string, fix: Fix, inputs: TestInputs): void {
  const old = modelOf(before, inputs);
  const after = applyEdits(before, fix.edits);
  const around = afterFix(inputs, fix);
  const fixed = modelOf(after, around);
  if (fix.others) expect(fix.kind, `kind of "${fix.title}", which changes other files`).toBe("unsafe");
  else expect(after).not.toBe(before);
  expect(fixed.file.problems).toEqual([]);
  const remarks = ({ file }: typeof old) => file.comments.length + file.directives.length;
  expect(remarks(fixed)).toBeGreaterThanOrEqual(remarks(old));
  const comments = old.file.comments.map((it) => it.text);
  if (fixed.file.directives.length === old.file.directives.length)
    expect(fixed.file.comments.map((it) => it.text).filter((it) => comments.includes(it))).toEqual(comments);
  const hereDocuments = (model: typeof old) =>
    model.file.instructions.flatMap((it) => it.hereDocuments).length;
  expect(hereDocuments(fixed)).toBe(hereDocuments(old));
  // A JSON array that an edit breaks is shell form, and nothing else would tell. Instructions may be taken away.
  const instructions = (model: typeof old) =>
    model.file.instructions.flatMap((it) => [it, it.inner ?? []].flat());
  const execForms = (model: typeof old) => instructions(model).filter((it) => it.exec).length;
  const removed = Math.max(0, instructions(old).length - instructions(fixed).length);
  expect(execForms(fixed), `exec forms left by "${fix.title}"`).toBeGreaterThanOrEqual(
    execForms(old) - removed,
  );
  expect(run(rule, after, around).length, `problems left by "${fix.title}"`).toBeLessThan(
    run(rule, before, inputs).length,
  );
}

function run(rule: Rule, text: string, inputs: TestInputs): Problem[] {
  const failures: unknown[] = [];
  const model = modelOf(text, inputs);
  const problems = checkDockerfile(model, {
    rules: [rule],
    allRules: true,
    ...(inputs.policy ? { policy: inputs.policy } : {}),
    onFailure: ({ error }) => failures.push(error),
  });
  expect(failures).toEqual([]);
  const found = problems.filter((it) => it.rule === rule.id);
  // What the rule declares to need hides nothing.
  if ("onlyWith" in rule) expect(found).toEqual(run(everywhere(rule), text, inputs));
  for (const { aliases, fixes: offered } of found) {
    expect(rule.aliases).toEqual(expect.arrayContaining([...aliases]));
    // What a rule says of its fixes is what its page and `plimsoll rules` promise.
    const kinds = { none: [], unsafe: ["unsafe"], safe: ["unsafe", "safe"] }[rule.fix];
    expect(kinds).toEqual(expect.arrayContaining(offered.map((it) => it.kind)));
  }
  return found;
}
