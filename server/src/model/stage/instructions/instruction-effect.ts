import type { Instruction, Word } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import type { Reason } from "../../known.ts";
import type { StageMemory } from "../commands/command-family.ts";
import type { BaseConfiguration, Configuration } from "../configuration/configuration.ts";
import type { Changes } from "../contents/changes.ts";
import type { ContentsView } from "../contents/view.ts";
import type { ModelInputs } from "../dockerfile-model.ts";
import type { GlobalArguments } from "../global-arguments.ts";
import type { Stage } from "../stage.ts";
import type { StageState } from "../state.ts";

/** What one kind of instruction does to a stage. Registered in `all-instructions.ts`. */
export interface InstructionEffect {
  readonly name: string;
  /** Changes the image's configuration. */
  readonly configure?: (instruction: Instruction, walk: ConfigurationWalk) => void;
  /** Changes what is in the image. */
  readonly change?: (instruction: Instruction, walk: ContentsWalk) => void;
}

export interface ConfigurationWalk {
  readonly stage: Stage;
  readonly configuration: Configuration;
  /** Position of the instruction. */
  readonly position: number;
  /** What holds before it. */
  readonly before: BaseConfiguration;
  readonly inputs: ModelInputs;
  readonly globals: GlobalArguments;
  /** The word's value before this instruction; undefined when it depends on something unknown. */
  expand(word: Word): string | undefined;
  /** The same with the variables that this instruction has set so far. */
  expandSoFar(word: Word): string | undefined;
}

export interface ContentsWalk {
  readonly stage: Stage;
  readonly before: BaseConfiguration;
  readonly inputs: ModelInputs;
  readonly changes: Changes;
  readonly libc: StageState["libc"];
  readonly memory: StageMemory;
  /** Told the moment at which each command of a script starts. */
  readonly commandStarts: Map<Command, number>;
  expand(word: Word): string | undefined;
  /** Contents of what `--from` names; undefined where nothing is known of it. */
  contentsOf(reference: string): ContentsView | undefined;
}

/** Why something is so: by this instruction, all of it. */
export function reasonOf(instruction: Instruction, message: string): Reason {
  return { message, span: instruction.span };
}
