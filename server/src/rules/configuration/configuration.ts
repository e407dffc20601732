import type { SyntaxProblem } from "../../syntax/problem.ts";
import { type LabelKind, noPolicy, type Policy } from "../policy.ts";
import type { Severity } from "../rule.ts";
import type { PatternBudget } from "../size-budget.ts";

/** Severity by id of a rule, alias, code of a syntax problem, or tag. */
export type Severities = Readonly<Record<string, Severity | "off">>;

/** The lowest severity that makes a check fail. */
export type FailureLimit = Severity | "never";

/** What one file or the editor's settings ask for. `undefined` and empty say nothing, so that another one may. */
export interface Configuration {
  readonly severities: Severities;
  readonly allRules: boolean | undefined;
  readonly trustedRegistries: readonly string[] | undefined;
  readonly labels: Readonly<Record<string, LabelKind>>;
  readonly strictLabels: boolean | undefined;
  /** Values of ARG by name, as `docker build --build-arg` would give them. */
  readonly buildArguments: Readonly<Record<string, string>>;
  readonly failOn: FailureLimit | undefined;
  /** Globs of files that are not checked, relative to the folder of the file that names them. */
  readonly ignore: readonly string[];
  /** False when comments silence nothing: hadolint's `disable-ignore-pragma`. */
  readonly ignoreComments: boolean | undefined;
  /** What images may weigh, by reference or by the folder that they are built from, relative to that of the file. */
  readonly sizeBudgets: readonly PatternBudget[];
}

/** A text as it was understood: what is wrong in it costs only its own part. */
export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly SyntaxProblem[];
}

export const noConfiguration: Configuration = {
  severities: {},
  allRules: undefined,
  trustedRegistries: undefined,
  labels: {},
  strictLabels: undefined,
  buildArguments: {},
  failOn: undefined,
  ignore: [],
  ignoreComments: undefined,
  sizeBudgets: [],
};

/** Several configurations as one. */
export interface LayeredConfiguration {
  /** Nearest first: the first that says something about a problem is the one that counts. */
  readonly severities: readonly Severities[];
  readonly allRules: boolean;
  readonly policy: Policy;
  readonly buildArguments: Readonly<Record<string, string>>;
  readonly failOn: FailureLimit | undefined;
  readonly ignoreComments: boolean;
}

/**
 * Puts configurations on top of each other, the nearest first. Of a single value the nearest that says something counts;
 * labels and build arguments are put together name by name.
 */
export function layered(layers: readonly Configuration[]): LayeredConfiguration {
  const nearest = <T>(value: (layer: Configuration) => T | undefined): T | undefined =>
    layers.map(value).find((it) => it !== undefined);
  const registries = nearest((it) => it.trustedRegistries);
  const farthestFirst = layers.toReversed();
  return {
    severities: layers.map((it) => it.severities),
    allRules: nearest((it) => it.allRules) ?? false,
    policy: {
      // An empty list trusts nobody by its letter; hadolint reads it as no demand.
      trustedRegistries: registries && registries.length > 0 ? registries : undefined,
      labels: Object.assign({}, ...farthestFirst.map((it) => it.labels)),
      strictLabels: nearest((it) => it.strictLabels) ?? noPolicy.strictLabels,
    },
    buildArguments: Object.assign({}, ...farthestFirst.map((it) => it.buildArguments)),
    failOn: nearest((it) => it.failOn),
    ignoreComments: nearest((it) => it.ignoreComments) ?? true,
  };
}
