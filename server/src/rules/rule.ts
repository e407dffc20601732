import type { ComposeProject } from "../model/compose/project.ts";
import type { IgnoreFileModel } from "../model/context/ignore-file-model.ts";
import type { EnvironmentModel } from "../model/environment/environment-model.ts";
import type { Reason } from "../model/known.ts";
import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import type { Stage } from "../model/stage/stage.ts";
import type { Instruction } from "../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../syntax/shell/script.ts";
import type { TextEdit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";
import type { Policy } from "./policy.ts";
import type { Presence } from "./presence.ts";

/** The most severe first. */
export const SEVERITIES = ["error", "warning", "info", "hint"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What a rule is about; one page of the index each. */
export type Tag = "build" | "run" | "size" | "cache" | "security" | "clarity" | "reproducible";

/**
 * `safe`: keeps what the build does, or is what the author plainly meant; runs in fix-all.
 * `unsafe`: may change what is built; offered one at a time, never in fix-all.
 */
export interface Fix {
  readonly kind: "safe" | "unsafe";
  /** What it does, as an imperative: `Replace ADD with COPY`. */
  readonly title: string;
  /** Edits of the file that was checked; they do not overlap. */
  readonly edits: readonly TextEdit[];
  /**
   * What it does to other files of the project. Such a fix is `unsafe`: fix-all is about the checked file alone, and another
   * file may belong to more than this one.
   */
  readonly others?: readonly OtherFileChange[];
}

/** A change of another file than the one that was checked; `file` is an absolute path. */
export type OtherFileChange =
  /** Made only where nothing has this name. */
  | { readonly kind: "create"; readonly file: string; readonly text: string }
  /** `before` is the text that the edits speak of: they say nothing about another one. */
  | {
      readonly kind: "edit";
      readonly file: string;
      readonly before: string;
      readonly edits: readonly TextEdit[];
    };

export interface Problem {
  /** The rule's id, or the code of a syntax problem. */
  readonly rule: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly tags: readonly Tag[];
  readonly span: Span;
  /** What is wrong, and the fact that makes it so. One or two sentences. */
  readonly message: string;
  /** The chain of reasons, and other places that matter. */
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** A reason; `file` is set when its place is in another file than the one checked (absolute path). */
export interface Related extends Reason {
  readonly file?: string;
}

export interface Finding {
  readonly related?: readonly Related[];
  /**
   * As a function where it takes long to write them: it is asked when somebody wants them. Not by a rule with `reach`, whose
   * findings outlive what they were made from.
   */
  readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
  /**
   * Those of the rule's aliases that this finding stands for, e.g. `DL3009` for lists left by apt. All of them when
   * left out. Another linter's ignore comment silences only what that linter would have said.
   */
  readonly aliases?: readonly string[];
  /** Where this finding weighs more or less than the rule's others. */
  readonly severity?: Severity;
}

export type Report = (span: Span, message: string, finding?: Finding) => void;

export interface RuleMeta {
  /** kebab-case, names the mistake; also the name of the rule's file and page. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly tags: readonly Tag[];
  /** Ids of other linters' rules that this one stands for (`DL3002`, `JSONArgsRecommended`, `S25`). */
  readonly aliases: readonly string[];
  /** The version of Plimsoll that brought it. */
  readonly since: string;
  /** What the rule's fixes are at best. */
  readonly fix: "safe" | "unsafe" | "none";
  /** False for a rule that runs only when asked for (`--all-rules`, a severity in the settings). */
  readonly enabled: boolean;
  /**
   * `file` for a rule about stages, instructions or commands that asks for more than the stage itself, the stages that it is
   * built on or copies from, what all stages are called, and which is the final one: it is asked again after each edit. The
   * others are not asked where an edit leaves all that as it was. Of comments they may look at those in and around the
   * instructions that they report or change.
   *
   * `service` for a Compose rule about each service by itself, with what it inherits: it is shown the project with that service
   * alone, and is not asked about it again where an edit leaves it and all sections but `services` as they were. What it says
   * of one place for several services, which share the text by an alias, counts once.
   *
   * `services` for one that also looks others up by their names: of `services` it goes through that one alone, and finds the
   * others. It is not asked again where those are as they were too.
   */
  readonly reach?: "file" | "service" | "services";
  /**
   * For a rule about stages, instructions or commands without `reach`: what it asks of the rest of the file, as a text. Where an
   * edit makes another text of it, the stage is looked at again.
   */
  readonly asksBeyond?: (stage: Stage) => string;
  /**
   * For a Compose rule about what services mean to each other: where all files of the project are known it is asked about them as one,
   * and what it finds is told in the file where it is written. Of the text it may look at nothing but what fixes write.
   */
  readonly acrossFiles?: true;
  /** For a rule that comes to one place from several stages: what is said there first counts. */
  readonly oncePerPlace?: true;
  readonly docs: RuleDocs;
}

/** The rule's page. Examples are run by the tests: `bad` holds its own markers, `good` must be silent. */
export interface RuleDocs {
  readonly what: string;
  readonly why: string;
  readonly bad: string;
  readonly good: string;
  /** What the project demands in the examples, for a rule that says nothing otherwise. */
  readonly policy?: Policy;
  /**
   * What is around the examples, where they need something: path → text. Of a Dockerfile it is the build context, the ignore file
   * among it; of any other file what stands in its folder, other Compose files among it.
   */
  readonly context?: Readonly<Record<string, string>>;
}

/** Looks at a whole Dockerfile, e.g. at its graph of stages. */
export interface DockerfileRule extends RuleMeta {
  readonly looksAt: "dockerfile";
  readonly check: (model: DockerfileModel, report: Report, policy: Policy) => void;
}

/** Looks at one stage and what it is after each instruction. */
export interface StageRule extends RuleMeta {
  readonly looksAt: "stage";
  /** Other stages are not shown to it. */
  readonly onlyWith?: Presence;
  readonly check: (stage: Stage, report: Report, policy: Policy) => void;
}

/**
 * Looks at the instructions of these names, each by itself. A rule that has to see what stands above or below is a
 * stage rule.
 */
export interface InstructionRule extends RuleMeta {
  readonly looksAt: "instruction";
  /** `FROM` among them; of ONBUILD the instruction behind it counts where `triggers` is true. */
  readonly instructions: readonly string[];
  readonly triggers?: true;
  /** Of RUNs those that call none of the programs are not shown to it. */
  readonly onlyWith?: Pick<Presence, "programs">;
  readonly check: (instruction: Instruction, stage: Stage, report: Report, policy: Policy) => void;
}

/** Looks at the calls of these programs in RUN and ONBUILD RUN, in shell and exec form. */
export interface CommandRule extends RuleMeta {
  readonly looksAt: "command";
  /** Names without directory. */
  readonly programs: readonly string[];
  readonly check: (call: CommandCall, report: Report, policy: Policy) => void;
}

/** One simple command of a RUN. */
export interface CommandCall {
  /** Its name without directory. */
  readonly program: string;
  readonly command: Command;
  readonly script: Script;
  /** The RUN, for a trigger the one behind ONBUILD. */
  readonly run: Instruction;
  /** Where the state can be asked: the RUN, or the ONBUILD. */
  readonly instruction: Instruction;
  readonly stage: Stage;
}

/** Looks at a Compose project. */
export interface ComposeRule extends RuleMeta {
  readonly looksAt: "compose";
  readonly check: (project: ComposeProject, report: Report, policy: Policy) => void;
}

/** Looks at a `.env` or `env_file`. */
export interface EnvironmentRule extends RuleMeta {
  readonly looksAt: "environment file";
  readonly check: (model: EnvironmentModel, report: Report) => void;
}

/** Looks at a `.dockerignore` and its like. */
export interface IgnoreRule extends RuleMeta {
  readonly looksAt: "ignore file";
  readonly check: (model: IgnoreFileModel, report: Report) => void;
}

export type Rule =
  | DockerfileRule
  | StageRule
  | InstructionRule
  | CommandRule
  | ComposeRule
  | EnvironmentRule
  | IgnoreRule;

/** These only give a literal its type: a rule stays plain data plus one function. */
export function dockerfileRule(rule: Omit<DockerfileRule, "looksAt">): DockerfileRule {
  return { looksAt: "dockerfile", ...rule };
}

export function stageRule(rule: Omit<StageRule, "looksAt">): StageRule {
  return { looksAt: "stage", ...rule };
}

export function instructionRule(rule: Omit<InstructionRule, "looksAt">): InstructionRule {
  return { looksAt: "instruction", ...rule };
}

export function commandRule(rule: Omit<CommandRule, "looksAt">): CommandRule {
  return { looksAt: "command", ...rule };
}

export function composeRule(rule: Omit<ComposeRule, "looksAt">): ComposeRule {
  return { looksAt: "compose", ...rule };
}

export function environmentRule(rule: Omit<EnvironmentRule, "looksAt">): EnvironmentRule {
  return { looksAt: "environment file", ...rule };
}

export function ignoreRule(rule: Omit<IgnoreRule, "looksAt">): IgnoreRule {
  return { looksAt: "ignore file", ...rule };
}
