import type { ComposeProject } from "../model/compose/project.ts";
import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import type { ComposeFile } from "../syntax/compose/tree.ts";
import { acrossFiles } from "./across-files.ts";
import { rules as allRules } from "./all.ts";
import { type CheckOptionsOfBuild, checkOptionsOf } from "./check-directive.ts";
import type { CheckOptions, RuleFailure } from "./check-options.ts";
import { Dispatch, type Visit } from "./dispatch.ts";
import { heldByDefault } from "./held-by-default.ts";
import { isBuildCheck } from "./knowledge/names/build-checks.ts";
import { composePlanOf, type Plan, planOf } from "./plans.ts";
import { noPolicy } from "./policy.ts";
import { withoutDoubles } from "./precedence.ts";
import { collector, type ReportList } from "./report-list.ts";
import type { ComposeRule, Problem, Report, Rule } from "./rule.ts";
import { foundInServices } from "./service-findings.ts";
import { isNeeded, runs, wantedSeverity } from "./severities.ts";
import { foundBefore, rememberFound } from "./stage-findings.ts";
import { readComposeSuppressions, readSuppressions } from "./suppressions.ts";
import { problemOfSyntax } from "./syntax-problem.ts";

/**
 * Everything that is wrong in a Dockerfile, syntax problems included, in order of place. Problems that a comment of
 * the file silences (see `suppressions.ts`) and rules that are off are left out.
 */
export function checkDockerfile(model: DockerfileModel, options: CheckOptions = {}): Problem[] {
  const problems = [...model.file.problems.map(problemOfSyntax), ...(options.found ?? [])];
  const policy = options.policy ?? noPolicy;
  const build = checkOptionsOf(model.file);
  const plan = planOf(options, build);
  const { list, reports } = plan;
  const fail = ({ id }: Rule, error: unknown) => options.onFailure?.({ rule: id, error });
  list.problems = problems;
  for (const { rule, report } of plan.ofFile) guard(rule, options, () => rule.check(model, report, policy));
  for (const stage of model.stages) {
    const visit: Visit = { stage, policy, reports, fail };
    list.problems = [];
    plan.far.visit(visit);
    const ofStage = list.problems;
    list.problems = problems;
    for (const it of heldByDefault([...ofStage, ...foundIn(visit, plan)], stage)) problems.push(it);
  }
  list.problems = [];
  const silenced = readSuppressions(model.file, options.ignoreComments ?? true);
  return finish(oncePerPlace(problems, plan.once), silenced, options, build);
}

/** Of what `rules` say of one place, the first. */
function oncePerPlace(problems: readonly Problem[], rules: ReadonlySet<string>): readonly Problem[] {
  const places = new Set<string>();
  return problems.filter(({ rule, span }) => {
    if (!rules.has(rule)) return true;
    const place = `${rule} ${span.start} ${span.end}`;
    return !places.has(place) && places.add(place);
  });
}

/** By rules that look no further than the stage, each of which needs to be asked once as long as that is what it is. */
function foundIn(visit: Visit, { rules, beyond, near, list }: Plan): readonly Problem[] {
  const { stage, policy } = visit;
  const check = { rules, policy, beyond };
  const before = foundBefore(stage, check);
  if (before?.again.size === 0) {
    rememberFound(stage, check, before.problems);
    return before.problems;
  }
  const ofAll = list.problems;
  const problems = before ? [...before.problems] : [];
  list.problems = problems;
  const asked = before ? new Dispatch(rules, (it) => before.again.has(it.id)) : near;
  asked.visit(visit);
  list.problems = ofAll;
  rememberFound(stage, check, problems);
  return problems;
}

/** Everything that is wrong in a Compose file, syntax problems included, in order of place. */
export function checkCompose(project: ComposeProject, options: CheckOptions = {}): Problem[] {
  const syntax = project.file.problems.map(problemOfSyntax);
  const list: ReportList = { problems: [...syntax, ...(options.found ?? [])] };
  const policy = options.policy ?? noPolicy;
  const plan = composePlanOf(options);
  const failed = new Set<string>();
  const onFailure = (failure: RuleFailure) => {
    if (!failed.has(failure.rule)) options.onFailure?.(failure);
    failed.add(failure.rule);
  };
  const reports = new Map(plan.rules.map((it) => [it, collector(it, list)]));
  const ask = (rule: ComposeRule, about: ComposeProject) => {
    const report = reports.get(rule);
    if (report) guard(rule, { onFailure }, () => rule.check(about, report, policy));
  };
  for (const rule of plan.far) ask(rule, project);
  const problems = list.problems;
  const ofServices = foundInServices(project, { rules: plan.near, policy }, (alone, amongOthers) => {
    list.problems = [];
    for (const rule of plan.near) ask(rule, rule.reach === "services" ? amongOthers : alone);
    return list.problems;
  });
  const comments = options.ignoreComments ?? true;
  const silenced = comments ? readComposeSuppressions(project.file) : () => false;
  const all = acrossFiles(project, options.rules ?? allRules, [...problems, ...ofServices], (whole, rules) =>
    checkCompose(whole, { ...options, rules, found: [], ignoreComments: false, onFailure }),
  );
  return finish(all, silenced, options);
}

/**
 * For a file whose comments are lines with `#`: its syntax problems and what rules say, with what the user wants of both.
 * `show` shows the file to a rule that looks at such files.
 */
export function checkBy(
  syntax: readonly Problem[],
  show: (rule: Rule, report: Report) => void,
  file: Pick<ComposeFile, "text" | "lines">,
  options: CheckOptions = {},
): Problem[] {
  const problems = [...syntax];
  for (const rule of options.rules ?? allRules) {
    if (!(runs(rule, options) || isNeeded(rule))) continue;
    guard(rule, options, () => show(rule, collector(rule, { problems })));
  }
  const comments = options.ignoreComments ?? true;
  return finish(problems, comments ? readComposeSuppressions(file) : () => false, options);
}

/** Where a rule's exception ends, as in `Dispatch`: it costs that rule's answer, not the others'. */
function guard(rule: Rule, options: Pick<CheckOptions, "onFailure">, run: () => void): void {
  try {
    run();
  } catch (error) {
    options.onFailure?.({ rule: rule.id, error });
  }
}

function finish(
  problems: readonly Problem[],
  silenced: (problem: Problem) => boolean,
  { severities = [], rules = allRules }: CheckOptions,
  build?: CheckOptionsOfBuild,
): Problem[] {
  const ids = new Set(severities.length === 0 ? [] : rules.map((it) => it.id));
  const shown: Problem[] = [];
  // A stronger finding that is off, or that a comment silences, takes the weaker one with it: it is the same mistake.
  for (const problem of withoutDoubles(problems)) {
    const wanted = wantedSeverity(problem, ids.has(problem.rule), severities);
    if (wanted === "off" || silenced(problem)) continue;
    const severity = build?.error && problem.aliases.some(isBuildCheck) ? "error" : wanted;
    shown.push(severity ? { ...problem, severity } : problem);
  }
  return shown.sort(
    (a, b) =>
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
}
