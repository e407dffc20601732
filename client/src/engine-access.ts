import { workspace } from "vscode";
import { loadBundle } from "./bundles.ts";
import type { EngineChoiceMemory } from "./editor/engines/engine-choice.ts";
import type { EngineStatus } from "./editor/engines/engine-status.ts";
import type { ConnectOptions } from "./engine/connect.ts";
import type { Engine, EngineInfo } from "./engine/engine.ts";
import { failureIn as failureOf } from "./engine/failures.ts";
import type { EngineAddress } from "./engine/transport/address.ts";
import type { EngineChoice } from "./engine/transport/choices.ts";
import { engineHost } from "./settings.ts";

/** The engine, looked for when it is first needed. */
export interface EngineAccess {
  /** The one that the user picked, or that the settings name, or that is found. Throws an EngineError when there is none. */
  connect(): Promise<Engine>;
  /** Looks anew at the next `connect()`: it has gone away, or another is meant. */
  forget(): void;
  /** What the user can pick from; none of them is asked. */
  choices(): readonly EngineChoice[];
  /** What answers at an address. Throws an EngineError when nothing does. */
  ask(address: EngineAddress, signal: AbortSignal): Promise<EngineInfo>;
}

export function createEngineAccess(
  extensionFolder: string,
  choice: Pick<EngineChoiceMemory, "selection">,
): EngineAccess {
  let connected: Promise<Engine> | undefined;
  const forget = () => {
    connected = undefined;
  };
  const bundle = () => loadBundle(extensionFolder, "engine");
  // Whoever asks has looked before, and told the user. That nobody may forget it is held here.
  const onlyTrusted = () => {
    if (!workspace.isTrusted) throw new Error("An engine was asked for in a workspace that is not trusted.");
  };
  return {
    async connect() {
      onlyTrusted();
      const connecting = connected ?? bundle().connect(optionsFor(choice));
      // Unless another was looked for meanwhile.
      connecting.catch(() => {
        if (connected === connecting) forget();
      });
      connected = connecting;
      return connecting;
    },
    forget,
    choices: () => bundle().choicesHere(engineHost()),
    async ask(address, signal) {
      onlyTrusted();
      return bundle().askEngine(address, signal);
    },
  };
}

function optionsFor({ selection }: Pick<EngineChoiceMemory, "selection">): ConnectOptions {
  if (selection?.by === "address") return { address: selection.address };
  if (selection?.by === "context") return { context: selection.name };
  if (selection?.by === "environment") return {};
  const host = engineHost();
  return host === undefined ? {} : { address: host, addressFrom: "plimsoll.engine.host" };
}

/** The same engine, which also tells the status bar how a look for it went. For what asks in the background. */
export function tellingStatus(
  engine: EngineAccess,
  status: Pick<EngineStatus, "isConnected" | "connected" | "unreachable">,
): EngineAccess {
  return {
    ...engine,
    async connect() {
      try {
        const connected = await engine.connect();
        if (!status.isConnected) status.connected(connected, await connected.info());
        return connected;
      } catch (error) {
        const failure = failureOf(error);
        if (failure?.kind === "unreachable") status.unreachable(failure.address);
        throw error;
      }
    },
  };
}

export { failureOf };
