import type { ComposeProject } from "../model/compose/project.ts";
import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import type { SyntaxProblem } from "../syntax/problem.ts";
import { rules as allRules } from "./all.ts";
import { Dispatch } from "./dispatch.ts";
import { syntaxAliases } from "./knowledge/syntax-aliases.ts";
import { noPolicy, type Policy } from "./policy.ts";
import { withoutDoubles } from "./precedence.ts";
import type { Problem, Report, Rule, RuleMeta, Severity } from "./rule.ts";
import { readComposeSuppressions, readSuppressions } from "./suppressions.ts";

/** What the user wants to see. Nothing here changes what a rule knows. */
export interface CheckOptions {
  /** Severity by id of a rule, alias or code of a syntax problem; `off` silences it. An id goes before an alias. */
  readonly severities?: Readonly<Record<string, Severity | "off">>;
  /** What the project demands of its files. */
  readonly policy?: Policy;
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
  const problems = model.file.problems.map(problemOfSyntax);
  const policy = options.policy ?? noPolicy;
  const dispatch = new Dispatch();
  for (const rule of options.rules ?? allRules) {
    if (rule.looksAt === "compose" || !runs(rule, options)) continue;
    const report = collector(rule, problems);
    if (rule.looksAt === "instruction" || rule.looksAt === "command") dispatch.add(rule, report);
    else if (rule.looksAt === "dockerfile") guard(rule, options, () => rule.check(model, report, policy));
    else
      guard(rule, options, () => {
        for (const stage of model.stages) rule.check(stage, report, policy);
      });
  }
  const guarded = (rule: Rule, check: () => void) => guard(rule, options, check);
  for (const stage of model.stages) dispatch.visit(stage, policy, guarded);
  return finish(problems, readSuppressions(model.file), options);
}

/** Everything that is wrong in a Compose file, syntax problems included, in order of place. */
export function checkCompose(project: ComposeProject, options: CheckOptions = {}): Problem[] {
  const problems = project.file.problems.map(problemOfSyntax);
  for (const rule of options.rules ?? allRules) {
    if (rule.looksAt !== "compose" || !runs(rule, options)) continue;
    const policy = options.policy ?? noPolicy;
    guard(rule, options, () => rule.check(project, collector(rule, problems), policy));
  }
  return finish(problems, readComposeSuppressions(project.file), options);
}

function problemOfSyntax({ code, message, span, severity }: SyntaxProblem): Problem {
  const aliases = syntaxAliases[code] ?? [];
  return { rule: code, aliases, severity, tags: ["build"], span, message, related: [], fixes: [] };
}

function collector(rule: Rule, problems: Problem[]): Report {
  return (
    span,
    message,
    { related = [], fixes = [], aliases = rule.aliases, severity = rule.severity } = {},
  ) => {
    problems.push({
      rule: rule.id,
      aliases,
      severity,
      tags: rule.tags,
      span,
      message,
      related,
      fixes,
    });
  };
}

/** The one place where a rule's exception ends: it costs that rule's answer, not the others'. */
function guard(rule: Rule, options: CheckOptions, run: () => void): void {
  try {
    run();
  } catch (error) {
    options.onFailure?.({ rule: rule.id, error });
  }
}

function runs(rule: RuleMeta, { severities = {}, allRules: every = false }: CheckOptions): boolean {
  const own = severities[rule.id];
  if (own !== undefined) return own !== "off";
  return (
    rule.enabled ||
    every ||
    rule.aliases.some((it) => severities[it] !== undefined && severities[it] !== "off")
  );
}

function finish(
  problems: readonly Problem[],
  silenced: (problem: Problem) => boolean,
  { severities = {} }: CheckOptions,
): Problem[] {
  const seen = problems.flatMap((problem) => {
    const wanted = [problem.rule, ...problem.aliases]
      .map((it) => severities[it])
      .find((it) => it !== undefined);
    if (wanted === "off") return [];
    return wanted ? [{ ...problem, severity: wanted }] : [problem];
  });
  // A stronger finding that a comment silences takes the weaker one with it: it is the same mistake.
  const shown = withoutDoubles(seen).filter((it) => !silenced(it));
  return shown.sort(
    (a, b) =>
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
}
