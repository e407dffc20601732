import type { Flag, Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { type Noted, notebook } from "../../text/notes.ts";
import type { ImageFacts } from "../image/facts.ts";
import type { Known } from "../known.ts";
import type { DockerfileModel } from "./dockerfile-model.ts";
import type { StageState } from "./state.ts";

/** One FROM and what follows it. */
export interface Stage extends Noted {
  readonly model: DockerfileModel;
  readonly index: number;
  /** Lower case, as BuildKit keeps it; undefined without AS. */
  readonly name: string | undefined;
  readonly nameWord: Word | undefined;
  readonly from: Instruction;
  readonly base: Base;
  /** The stage that its chain of FROMs ends in, which names no other stage; itself where it stands on none. */
  readonly bottom: Stage;
  readonly platform: Flag | undefined;
  /** Without FROM. */
  readonly instructions: readonly Instruction[];
  readonly isFinal: boolean;
  /** True if the final stage is built from it or copies from it, directly or through others. */
  readonly isUsedByFinal: boolean;
  /** What the stage is before its first own instruction: its base, ONBUILD included. */
  readonly initial: StageState;
  /** What it is before and after one of its instructions. */
  before(instruction: Instruction): StageState;
  after(instruction: Instruction): StageState;
  /**
   * What it is when a command of a RUN's script starts: the commands in front of it have run. `command` is one of
   * `scriptOf(run)`; for any other, as those in exec form, it is what holds before the RUN.
   */
  beforeCommand(command: Command, run: Instruction): StageState;
  /**
   * May a program be missing when such a command starts? False where `beforeCommand` would not say that it lacks it, which is
   * known of nearly each command without making a state.
   */
  mayLackTool(name: string, command: Command, run: Instruction): boolean;
  /** What it is at its end: the image. */
  readonly result: StageState;
  /** The shell script of a shell-form RUN (here-document bodies included), CMD, ENTRYPOINT or HEALTHCHECK CMD; undefined for exec form. */
  scriptOf(instruction: Instruction): Script | undefined;
  /** The same, with exec form as a script of one command. */
  commandsOf(instruction: Instruction): Script | undefined;
}

export const notedOnStage = notebook<Stage>();

/** What FROM names, after its variables are expanded with their defaults. */
export type Base =
  | { readonly kind: "stage"; readonly stage: Stage; readonly word: Word }
  | { readonly kind: "scratch"; readonly word: Word }
  | {
      readonly kind: "image";
      readonly image: ImageReference;
      readonly facts: Known<ImageFacts>;
      readonly word: Word;
    }
  /** A variable without value, no word at all. */
  | { readonly kind: "unknown"; readonly reason: string; readonly word: Word | undefined };

/** `docker.io/library/golang:1.23@sha256:…` taken apart; familiar name as the table has it (`golang`). */
export interface ImageReference {
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** As written in the file after expansion. */
  readonly text: string;
}
