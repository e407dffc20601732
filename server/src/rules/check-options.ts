import type { Severities } from "./configuration/configuration.ts";
import type { Policy } from "./policy.ts";
import type { Problem, Rule } from "./rule.ts";

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
  /** What was found elsewhere, e.g. by ShellCheck or in the bytes of the file: weighed and silenced as what rules find. */
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
