import type { ComposeProject } from "../model/compose/project.ts";
import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import type { ComposeFile } from "../syntax/compose/tree.ts";
import type { SyntaxProblem } from "../syntax/problem.ts";
import { acrossFiles } from "./across-files.ts";
import { rules as allRules } from "./all.ts";
import { type CheckOptionsOfBuild, checkOptionsOf } from "./check-directive.ts";
import type { Severities } from "./configuration/configuration.ts";
import { Dispatch, type Visit } from "./dispatch.ts";
import { isBuildCheck } from "./knowledge/build-checks.ts";
import { syntaxAliases } from "./knowledge/syntax-aliases.ts";
import { noPolicy, type Policy } from "./policy.ts";
import { goesBeforeOthers, withoutDoubles } from "./precedence.ts";
import type { ComposeRule, DockerfileRule, Problem, Report, Rule, RuleMeta, Severity, Tag } from "./rule.ts";
import { foundInServices } from "./service-findings.ts";
import { foundBefore, rememberFound } from "./stage-findings.ts";
import { readComposeSuppressions, readSuppressions } from "./suppressions.ts";

/** What the user wants to see. Nothing here changes what a rule knows. */
export interface CheckOptions {
  /**
   * Severity by id of a rule, alias, code of a syntax problem or tag; `off` silences it. The first that says something of a
   * problem counts; in one of them an id goes before an alias, and that before a tag.
   */
  readonly severities?: readonly Severities[];
  /** False when comments silence nothing; BuildKit's `# check=` holds all the same, as it changes the build. */
  readonly ignoreComments?: boolean;
  /** What the project demands of its files. */
  readonly policy?: Policy;
  /** What another program found in the text, e.g. ShellCheck: weighed and silenced as what rules find. */
  readonly found?: readonly Problem[];
  /** Runs the rules too that run only when asked for. */
  readonly allRules?: boolean;
  /** Instead of all rules. */
  readonly rules?: readonly Rule[];
  /** Told when a rule fails by a bug of ours; the others run on. */
  readonly onFailure?: (failure: RuleFailure) => void;
}

/** A rule that threw: a bug, never something in the user's file. */
export interface RuleFailure {
  readonly rule: string;
  readonly error: unknown;
}

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
    plan.far.visit(visit);
    for (const it of foundIn(visit, plan)) problems.push(it);
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

/** By rules that look no further than the stage, which needs to be done once as long as that is what it is. */
function foundIn(visit: Visit, { rules, near, list }: Plan): readonly Problem[] {
  const { stage, policy } = visit;
  const before = foundBefore(stage, { rules, policy });
  if (before) return before;
  const ofAll = list.problems;
  const problems: Problem[] = [];
  list.problems = problems;
  near.visit(visit);
  list.problems = ofAll;
  rememberFound(stage, { rules, policy }, problems);
  return problems;
}

/** The rules of a check of Dockerfiles, and the tables by which they are shown what they look at. */
interface Plan {
  readonly rules: readonly Rule[];
  /** Where the check that goes on has its problems; none begins while another goes on. */
  readonly list: ReportList;
  /** One for each of the rules, in their order. */
  readonly reports: readonly Report[];
  readonly ofFile: readonly { readonly rule: DockerfileRule; readonly report: Report }[];
  /** Of rules that look no further than a stage, and of those that do. */
  readonly near: Dispatch;
  readonly far: Dispatch;
  /** Of which what is said first of a place counts. */
  readonly once: ReadonlySet<string>;
}

function planOf(options: CheckOptions, build: CheckOptionsOfBuild): Plan {
  const { rules: all = allRules, severities = [], allRules: every = false } = options;
  const choices = chosen.get(all) ?? [];
  const isSame = (it: Choice) =>
    it.every === every && it.build === build.value && haveSameItems(it.severities, severities);
  const before = choices.find(isSame);
  if (before) return before.plan;
  const rules = all.filter((it) => isAboutImages(it) && (runs(it, options, build) || isNeeded(it)));
  // What was found in stages is kept by the list of rules.
  const plan = plannedBefore(plans, all, rules, () => newPlan(rules));
  chosen.set(all, [{ every, severities, build: build.value, plan }, ...choices.slice(0, MOST_PLANS - 1)]);
  return plan;
}

function newPlan(rules: readonly Rule[]): Plan {
  const list: ReportList = { problems: [] };
  const reports = rules.map((it) => collector(it, list));
  return {
    rules,
    list,
    reports,
    ofFile: rules.flatMap((rule, at) => {
      const report = reports[at];
      return report && rule.looksAt === "dockerfile" ? [{ rule, report }] : [];
    }),
    near: new Dispatch(rules, (it) => it.reach === undefined),
    far: new Dispatch(rules, (it) => it.reach === "file"),
    once: new Set(rules.filter((it) => it.oncePerPlace).map((it) => it.id)),
  };
}

function haveSameItems<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((it, at) => it === others[at]);
}

/** The plan for these rules out of `all`: the one that was made for them before, or a new one. */
function plannedBefore<P extends { readonly rules: readonly Rule[] }>(
  plans: WeakMap<readonly Rule[], readonly P[]>,
  all: readonly Rule[],
  rules: readonly Rule[],
  make: () => P,
): P {
  const last = plans.get(all) ?? [];
  const known = last.find((plan) => haveSameItems(plan.rules, rules));
  if (known) return known;
  const plan = make();
  plans.set(all, [plan, ...last.slice(0, MOST_PLANS - 1)]);
  return plan;
}

/** What rules are chosen by, and those that were. */
interface Choice {
  readonly every: boolean;
  readonly severities: readonly Severities[];
  /** What the file's `check` directive says. */
  readonly build: string;
  readonly plan: Plan;
}

/** The last ones for a list of rules, since one check after the other is made with the same options. */
const chosen = new WeakMap<readonly Rule[], readonly Choice[]>();

const plans = new WeakMap<readonly Rule[], readonly Plan[]>();

/** As many folders with settings of their own are edited at a time. */
const MOST_PLANS = 8;

/** Everything that is wrong in a Compose file, syntax problems included, in order of place. */
export function checkCompose(project: ComposeProject, options: CheckOptions = {}): Problem[] {
  const list: ReportList = { problems: project.file.problems.map(problemOfSyntax) };
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
    checkCompose(whole, { ...options, rules, ignoreComments: false, onFailure }),
  );
  return finish(all, silenced, options);
}

/** The rules of a check of Compose files: those that look at each service, by itself or with those that it names, and the others. */
interface ComposePlan {
  readonly rules: readonly ComposeRule[];
  readonly near: readonly ComposeRule[];
  readonly far: readonly ComposeRule[];
}

function composePlanOf(options: CheckOptions): ComposePlan {
  const all = options.rules ?? allRules;
  const rules = all.filter(
    (it): it is ComposeRule => it.looksAt === "compose" && (runs(it, options) || isNeeded(it)),
  );
  return plannedBefore(composePlans, all, rules, () => ({
    rules,
    near: rules.filter((it) => it.reach === "service" || it.reach === "services"),
    far: rules.filter((it) => it.reach !== "service" && it.reach !== "services"),
  }));
}

const composePlans = new WeakMap<readonly Rule[], readonly ComposePlan[]>();

function isAboutImages({ looksAt }: Rule): boolean {
  return looksAt !== "compose" && looksAt !== "environment file" && looksAt !== "ignore file";
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

/** A syntax problem as the user sees it. It has no rule, so a tag says nothing of it. */
export function problemOfSyntax({ code, message, span, severity }: SyntaxProblem): Problem {
  const aliases = syntaxAliases[code] ?? [];
  return { rule: code, aliases, severity, tags: ["build"], span, message, related: [], fixes: [] };
}

/** Where what is reported goes: what is found in a stage is kept by itself. */
interface ReportList {
  problems: Problem[];
}

function collector(rule: Rule, list: ReportList): Report {
  return (
    span,
    message,
    { related = [], fixes = [], aliases = rule.aliases, severity = rule.severity } = {},
  ) => {
    const told = { rule: rule.id, aliases, severity, tags: rule.tags, span, message, related };
    list.problems.push(typeof fixes === "function" ? withFixesOnDemand(told, fixes) : { ...told, fixes });
  };
}

function withFixesOnDemand(told: Omit<Problem, "fixes">, write: () => Problem["fixes"]): Problem {
  let written: Problem["fixes"] | undefined;
  return {
    ...told,
    get fixes() {
      written ??= write();
      return written;
    },
  };
}

/** Where a rule's exception ends, as in `Dispatch`: it costs that rule's answer, not the others'. */
function guard(rule: Rule, options: Pick<CheckOptions, "onFailure">, run: () => void): void {
  try {
    run();
  } catch (error) {
    options.onFailure?.({ rule: rule.id, error });
  }
}

/**
 * Whether anything of a rule can be shown. A tag turns rules off, but on none that runs only when asked for: `security:
 * error` is no request for more.
 */
function runs(
  rule: RuleMeta,
  { severities = [], allRules: every = false }: CheckOptions,
  build?: CheckOptionsOfBuild,
): boolean {
  const byDefault = rule.enabled || every || (build !== undefined && rule.aliases.some(build.asksFor));
  let nearerTag = false;
  for (const layer of severities) {
    const own = layer[rule.id];
    if (own !== undefined) return own !== "off" || (nearerTag && byDefault);
    if (rule.aliases.some((it) => layer[it] !== undefined && layer[it] !== "off")) return true;
    const tagged = severityByTag(rule.tags, layer);
    if (tagged === "off" && !nearerTag) return false;
    nearerTag ||= tagged !== undefined;
  }
  return byDefault;
}

/** One that is off still keeps others from saying the same in other words. */
function isNeeded({ id, enabled }: RuleMeta): boolean {
  return enabled && goesBeforeOthers(id);
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

/** The severity that a rule's findings have, or that they are not shown. */
export function severityOf(
  { id, aliases, tags, severity }: RuleMeta,
  severities: readonly Severities[],
): Severity | "off" {
  return wantedSeverity({ rule: id, aliases, tags }, true, severities) ?? severity;
}

function wantedSeverity(
  { rule, aliases, tags }: Pick<Problem, "rule" | "aliases" | "tags">,
  hasTags: boolean,
  severities: readonly Severities[],
): Severity | "off" | undefined {
  for (const layer of severities) {
    const named = [rule, ...aliases].map((it) => layer[it]).find((it) => it !== undefined);
    const wanted = named ?? (hasTags ? severityByTag(tags, layer) : undefined);
    if (wanted !== undefined) return wanted;
  }
  return undefined;
}

/** A rule's first tag says best what it is about. */
function severityByTag(tags: readonly Tag[], layer: Severities): Severity | "off" | undefined {
  return tags.map((it) => layer[it]).find((it) => it !== undefined);
}
