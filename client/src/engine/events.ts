import { ask, type Connection, open } from "./connection.ts";
import { toEngineError } from "./failures.ts";
import { jsonLines } from "./records.ts";

/** Something that changed in the engine. */
export interface EngineEvent {
  readonly type: "container" | "image";
  /** `start`, `die`, `destroy`, `health_status`, `tag`, `delete` … */
  readonly action: string;
  /** Of the container; id or tag of the image. */
  readonly id: string;
}

export interface EventFilter {
  readonly types: readonly EngineEvent["type"][];
  /** Only of this container. */
  readonly container?: string;
}

/** What changes a list or a state. Not `exec_*`, of which every health check makes three. */
const actions = {
  container: [
    "create",
    "start",
    "die",
    "destroy",
    "remove",
    "rename",
    "pause",
    "unpause",
    "health_status",
    "restart",
  ],
  image: ["tag", "untag", "delete", "remove", "load", "pull", "import", "build", "create", "prune"],
};

/** What is read of an event (Engine API, “Monitor events”). */
interface RawEvent {
  readonly Type?: string;
  readonly Action?: string;
  readonly Actor?: { readonly ID?: string };
}

/**
 * What changes from now on, until the signal is aborted. Resolves when the engine listens: what is asked for then misses
 * nothing. The iteration ends with `cancelled`, or `unreachable` when the engine goes away.
 */
export async function events(
  connection: Connection,
  { types, container }: EventFilter,
  signal: AbortSignal,
): Promise<AsyncIterable<EngineEvent>> {
  const doing = "listening to its events";
  const filters = JSON.stringify({
    type: types,
    event: types.flatMap((it) => actions[it]),
    ...(container !== undefined && { container: [container] }),
  });
  const answer = await ask(connection, doing, signal, () =>
    open(connection, { method: "GET", path: "/events", query: { filters } }, signal),
  );
  return (async function* () {
    try {
      for await (const value of jsonLines(answer)) {
        const { Type, Action = "", Actor } = value as RawEvent;
        if (Type !== "container" && Type !== "image") continue;
        // `health_status: healthy`.
        yield { type: Type, action: Action.split(":")[0] ?? "", id: Actor?.ID ?? "" };
      }
    } catch (error) {
      throw toEngineError(error, connection.address, doing, signal);
    } finally {
      answer.destroy();
    }
  })();
}
