import { rules as allRules } from "./all.ts";
import type { CheckOptionsOfBuild } from "./check-directive.ts";
import type { CheckOptions } from "./check-options.ts";
import type { Severities } from "./configuration/configuration.ts";
import { Dispatch } from "./dispatch.ts";
import { collector, type ReportList } from "./report-list.ts";
import type { ComposeRule, DockerfileRule, Report, Rule } from "./rule.ts";
import { isNeeded, runs } from "./severities.ts";
import type { AsksBeyond } from "./stage-findings.ts";

/** The rules of a check of Dockerfiles, and the tables by which they are shown what they look at. */
export interface Plan {
  readonly rules: readonly Rule[];
  /** Where the check that goes on has its problems; none begins while another goes on. */
  readonly list: ReportList;
  /** One for each of the rules, in their order. */
  readonly reports: readonly Report[];
  readonly ofFile: readonly { readonly rule: DockerfileRule; readonly report: Report }[];
  /** Of rules that look no further than a stage, and of those that do. */
  readonly near: Dispatch;
  readonly far: Dispatch;
  /** Of those that look no further than a stage, the ones that ask for more of the file. */
  readonly beyond: readonly AsksBeyond[];
  /** Of which what is said first of a place counts. */
  readonly once: ReadonlySet<string>;
}

/** The plan of a check with these options, the same one as long as they choose the same rules. */
export function planOf(options: CheckOptions, build: CheckOptionsOfBuild): Plan {
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
    beyond: rules.filter(asksBeyond),
    once: new Set(rules.filter((it) => it.oncePerPlace).map((it) => it.id)),
  };
}

function asksBeyond(rule: Rule): rule is Rule & AsksBeyond {
  return rule.asksBeyond !== undefined;
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

/** The rules of a check of Compose files: those that look at each service, by itself or with those that it names, and the others. */
export interface ComposePlan {
  readonly rules: readonly ComposeRule[];
  readonly near: readonly ComposeRule[];
  readonly far: readonly ComposeRule[];
}

/** The same for Compose files. */
export function composePlanOf(options: CheckOptions): ComposePlan {
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
