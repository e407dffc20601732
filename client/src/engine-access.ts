import { loadBundle } from "./bundles.ts";
import type { Engine } from "./engine/engine.ts";
import { engineHost } from "./settings.ts";

/** The engine, looked for when it is first needed. */
export interface EngineAccess {
  /** Throws an EngineError when there is none. */
  connect(): Promise<Engine>;
  /** Looks anew at the next `connect()`: it has gone away, or the settings name another. */
  forget(): void;
}

export function createEngineAccess(extensionFolder: string): EngineAccess {
  let connected: Promise<Engine> | undefined;
  const forget = () => {
    connected = undefined;
  };
  return {
    connect() {
      const host = engineHost();
      const { connect } = loadBundle(extensionFolder, "engine");
      const connecting = connected ?? connect({ ...(host !== undefined && { address: host }) });
      connecting.catch(forget);
      connected = connecting;
      return connecting;
    },
    forget,
  };
}

/** What the engine failed with; undefined when the error is none of the expected ones. */
export { failureIn as failureOf } from "./engine/failures.ts";
