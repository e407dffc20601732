import type { Memento } from "vscode";
import type { EngineSelection } from "../../engine/transport/choices.ts";

/** The engine that the user picked for this workspace, kept on this machine. Docker's own configuration is never written. */
export interface EngineChoiceMemory {
  /** Undefined when none was picked: the settings and the Docker command line's rules decide. */
  readonly selection: EngineSelection | undefined;
  keep(selection: EngineSelection | undefined): Promise<void>;
}

const key = "engine.selection";

export function createEngineChoice(state: Memento): EngineChoiceMemory {
  return {
    get selection() {
      return state.get<EngineSelection>(key);
    },
    keep: async (selection) => state.update(key, selection),
  };
}
