import {
  type Disposable,
  type Event,
  EventEmitter,
  type LogOutputChannel,
  languages,
  window,
  workspace,
} from "vscode";
import type { ComposeContainer } from "../../engine/containers/compose-state.ts";
import type { EngineAccess } from "../../engine-access.ts";
import { failureOf } from "../../engine-access.ts";
import { composeFiles } from "../../language-server.ts";

/**
 * The engine's containers of Compose projects, kept up to date by its events while a Compose file is visible, and only then. Without an
 * engine nothing is known and nothing is said.
 */
export interface ComposeStates extends Disposable {
  /** Undefined when no engine has told. */
  readonly containers: readonly ComposeContainer[] | undefined;
  readonly onDidChange: Event<void>;
  /** An engine may be there now. */
  look(): void;
  /** It may be another one. */
  lookAnew(): void;
}

/** An `up` makes dozens of events; the state is read once for those that come together. */
const msTogether = 150;

export function createComposeStates(engine: EngineAccess, log: LogOutputChannel): ComposeStates {
  const changed = new EventEmitter<void>();
  let containers: readonly ComposeContainer[] | undefined;
  let following: AbortController | undefined;
  const set = (now: typeof containers) => {
    if (now === undefined && containers === undefined) return;
    containers = now;
    changed.fire();
  };

  const follow = async (signal: AbortSignal) => {
    const { compose } = await engine.connect();
    let timer: NodeJS.Timeout | undefined;
    const read = async () => {
      timer = undefined;
      const now = await compose.containers(signal).catch((error) => {
        if (failureOf(error) === undefined) throw error;
        return undefined;
      });
      if (!signal.aborted) set(now);
    };
    try {
      await read();
      for await (const _ of compose.changes(signal))
        timer ??= setTimeout(() => void read().catch((error) => log.error(error)), msTogether);
    } finally {
      clearTimeout(timer);
    }
  };
  const start = () => {
    const control = new AbortController();
    following = control;
    follow(control.signal)
      .catch((error) => {
        const failure = failureOf(error);
        if (failure === undefined) log.error(error);
        else if (failure.kind !== "cancelled") log.info(`compose states: ${JSON.stringify(failure)}`);
      })
      .finally(() => {
        // The engine is gone: what it said last no longer holds.
        if (following !== control) return;
        following = undefined;
        set(undefined);
      });
  };
  const stop = () => {
    const control = following;
    following = undefined;
    control?.abort();
  };
  const update = () => {
    if (!isNeeded()) stop();
    else if (following === undefined) start();
  };
  const listeners = [
    window.onDidChangeVisibleTextEditors(update),
    workspace.onDidGrantWorkspaceTrust(update),
  ];
  update();
  return {
    get containers() {
      return containers;
    },
    onDidChange: changed.event,
    look: update,
    lookAnew() {
      stop();
      update();
    },
    dispose() {
      for (const it of listeners) it.dispose();
      stop();
      changed.dispose();
    },
  };
}

function isNeeded(): boolean {
  return (
    workspace.isTrusted &&
    window.visibleTextEditors.some(
      ({ document }) => document.uri.scheme === "file" && languages.match(composeFiles, document) > 0,
    )
  );
}
