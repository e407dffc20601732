import type { Engine } from "../../engine/engine.ts";
import type { EngineEvent } from "../../engine/events.ts";
import { failureOf } from "../../engine-access.ts";

/** Tells of what changes in an engine, by its events and never by polling. */
export interface EngineChanges {
  readonly isListening: boolean;
  /**
   * Listens to an engine, and to no other any more; ends when it does. Throws what keeps the engine from being reached; one whose
   * events cannot be had is worth something without them.
   */
  listen(engine: Engine): Promise<void>;
  /** Listens no more, and tells nothing that is still to be told. */
  hush(): void;
}

export interface EngineChangesOptions {
  readonly events: readonly EngineEvent["type"][];
  /** Something changed, or the engine went away. */
  readonly changed: () => void;
  readonly report: (error: unknown) => void;
}

/** Events come in bunches: a start is three, a prune hundreds. ms. */
const bunch = 200;
/** A stream of events that ends sooner is not opened again by itself. ms. */
const shortLived = 5_000;

export function engineChanges({ events, changed, report }: EngineChangesOptions): EngineChanges {
  let listening: AbortController | undefined;
  /** Whose events those are. */
  let listenedTo: Engine | undefined;
  let waiting: NodeJS.Timeout | undefined;

  const hush = () => {
    clearTimeout(waiting);
    waiting = undefined;
    listening?.abort();
    listening = undefined;
  };
  const ended = (control: AbortController) => {
    if (listening === control) listening = undefined;
  };
  const follow = async (changes: AsyncIterable<unknown>, { signal }: AbortController) => {
    const later = () => {
      waiting = undefined;
      if (!signal.aborted) changed();
    };
    for await (const _ of changes) waiting ??= setTimeout(later, bunch);
  };
  return {
    get isListening() {
      return listening !== undefined;
    },
    hush,
    async listen(engine) {
      // Another was chosen.
      if (listenedTo !== engine) hush();
      if (listening) return;
      listenedTo = engine;
      const control = new AbortController();
      listening = control;
      const began = performance.now();
      const changes = await engine.events({ types: events }, control.signal).catch((error) => {
        ended(control);
        // Hidden meanwhile, or an engine whose events cannot be had.
        if (failureOf(error) === undefined || failureOf(error)?.kind === "unreachable") throw error;
        return undefined;
      });
      if (changes === undefined) return;
      follow(changes, control)
        .catch((error) => {
          if (failureOf(error) === undefined) report(error);
        })
        .finally(() => {
          ended(control);
          // The engine went away: who looks is told so, or looks at the one that was started in its place.
          if (!control.signal.aborted && performance.now() - began > shortLived) changed();
        });
    },
  };
}
