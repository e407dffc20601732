import type { BudgetInfo, StageInfo } from "./server-messages.ts";

/**
 * What the command line hands to the part of it that speaks to engines (`plimsoll size`), which is loaded for that alone. Types
 * only: neither side imports anything of the other that runs. All paths are absolute.
 */
export interface SizeProgram {
  /** Prints what was asked for; errors of the engine end here. @returns the exit code */
  runSize(request: SizeRequest, terminal: SizeTerminal): Promise<number>;
}

export interface SizeTerminal {
  out(text: string): void;
  /** Progress, and messages that are no result. */
  error(text: string): void;
}

export interface SizeRequest {
  readonly subjects: readonly SizeSubject[];
  readonly format: "text" | "markdown" | "json";
  /** Where the result is written besides the terminal. */
  readonly output: string | undefined;
  readonly record: string | undefined;
  readonly against: string | undefined;
  /** Needs `against`. */
  readonly maxGrowth:
    | { readonly kind: "bytes"; readonly bytes: number }
    | { readonly kind: "percent"; readonly percent: number }
    | undefined;
}

/** What is weighed. `budgets` are in the order in which they count; those of the command line come first. */
export type SizeSubject =
  | { readonly kind: "image"; readonly reference: string; readonly budgets: readonly BudgetInfo[] }
  | {
      readonly kind: "dockerfile";
      /** As it is shown. */
      readonly name: string;
      readonly file: string;
      /** The stage that is built, with its budgets. */
      readonly stage: StageInfo;
      readonly stages: readonly StageInfo[];
      readonly budgets: readonly BudgetInfo[];
      readonly build: SizeBuild;
    };

/** How a Dockerfile is built. */
export interface SizeBuild {
  readonly context: string;
  readonly target: string | undefined;
  readonly tag: string | undefined;
  readonly platform: string | undefined;
  readonly buildArguments: Readonly<Record<string, string>>;
  readonly secrets: readonly {
    readonly id: string;
    readonly from:
      | { readonly kind: "file"; readonly path: string }
      | { readonly kind: "environment"; readonly variable: string };
  }[];
  readonly noCache: boolean;
  readonly pull: boolean;
}
