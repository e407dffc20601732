import type { ImageFacts } from "../../model/image/facts.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { StageState } from "../../model/stage/state.ts";
import type { TextEdit } from "../../text/edit.ts";

/** One thing that is done to a final stage which stands on another base already. */
export type Step = (at: Adapting) => StepResult;

export interface Adapting {
  /** The final stage as the steps before have left it. */
  readonly stage: Stage;
  /** The same on the base that it had. */
  readonly before: Stage;
  /** Of the new base. */
  readonly facts: ImageFacts;
  /** What FROM names now. */
  readonly image: string;
}

export interface StepResult {
  readonly edits: readonly TextEdit[];
  readonly changes?: readonly string[];
  readonly checks?: readonly string[];
  readonly lacks?: readonly string[];
  /** Why it cannot be done at all. */
  readonly refused?: string;
}

export const nothingToDo: StepResult = { edits: [] };

/** The step cannot be done, for this reason, and nothing is changed. */
export function refuse(refused: string): StepResult {
  return { edits: [], refused };
}

/** Has the image no shell that shell form could run in? What is copied into it by nobody knows whom is hardly one. */
export function hasNoShell({ hasShell }: Pick<StageState, "hasShell">, { shell }: ImageFacts): boolean {
  return hasShell.is === "no" || (shell === "none" && hasShell.is !== "yes");
}
