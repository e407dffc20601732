import { ask, type Connection, call } from "../connection.ts";
import { throwIfAborted } from "../failures.ts";
import { inOnePiece } from "../in-one-piece.ts";

/** On every container that Plimsoll makes only to read from, so that what a crash left behind can be found. */
const ownLabel = "dev.plimsoll.read";

/** Whether a container is there only to be read from, by its labels: it is nothing of the user's, and gone in a moment. */
export function isToRead(labels: Readonly<Record<string, string>> | null | undefined): boolean {
  return labels?.[ownLabel] !== undefined;
}

/** No reading takes that long; an older container is one that was left. Seconds. */
const left = 600;

/** Where leftovers were looked for already. */
const swept = new WeakSet<Connection>();

/**
 * Makes a container of an image that is never started, gives its id to `act`, and removes it whatever happens. No code of
 * the image runs. Its volumes stay what they are in the image: a tmpfs in the place of each keeps the engine from making
 * volumes and copying into them, and is not mounted as nothing starts (28.5.2, both stores).
 */
export async function withSilentContainer<T>(
  connection: Connection,
  image: string,
  volumes: readonly string[],
  signal: AbortSignal | undefined,
  act: (container: string) => Promise<T>,
): Promise<T> {
  const body = {
    Image: image,
    // An image may name no command, without which the engine makes no container.
    Entrypoint: ["/plimsoll-never-starts-this"],
    NetworkDisabled: true,
    HostConfig: {
      NetworkMode: "none",
      Mounts: volumes.map((it) => ({ Type: "tmpfs", Target: it })),
    },
  };
  return withContainerToRead(connection, `reading ${image}`, body, signal, act);
}

/**
 * Makes a container as the Engine API is told in `body`, gives its id to `act`, and removes it whatever happens, running or not.
 * `doing` completes the sentence “… while listing images”. Throws EngineError where it cannot be made, and what `act` throws.
 */
export async function withContainerToRead<T>(
  connection: Connection,
  doing: string,
  body: object,
  signal: AbortSignal | undefined,
  act: (container: string) => Promise<T>,
): Promise<T> {
  throwIfAborted(signal);
  const left = "The container that it is read through is removed as soon as the engine answers.";
  return inOnePiece(through(connection, doing, body, signal, act), signal, left);
}

async function through<T>(
  connection: Connection,
  doing: string,
  body: object,
  signal: AbortSignal | undefined,
  act: (container: string) => Promise<T>,
): Promise<T> {
  await sweep(connection);
  // Not aborted half way: the engine could create the container all the same, and nobody would know its id.
  const created = await ask(connection, doing, undefined, () =>
    call(connection, {
      method: "POST",
      path: "/containers/create",
      body: { ...body, Labels: { [ownLabel]: "1" } },
    }),
  );
  const { Id: container } = created as { readonly Id: string };
  try {
    throwIfAborted(signal);
    return await act(container);
  } finally {
    await remove(connection, container);
  }
}

async function sweep(connection: Connection): Promise<void> {
  if (swept.has(connection)) return;
  swept.add(connection);
  const filters = JSON.stringify({ label: [ownLabel] });
  try {
    const found = (await call(connection, {
      method: "GET",
      path: "/containers/json",
      query: { all: "true", filters },
    })) as readonly { readonly Id: string; readonly Created: number }[];
    // Another window may be reading right now.
    const old = found.filter(({ Created }) => Created < Date.now() / 1000 - left);
    for (const { Id } of old) await remove(connection, Id);
  } catch {
    // Tidying up is no part of the reading.
  }
}

/** What fails here must not hide the first error. */
async function remove(connection: Connection, container: string): Promise<void> {
  try {
    await call(connection, {
      method: "DELETE",
      path: `/containers/${container}`,
      query: { force: "true", v: "true" },
    });
  } catch {
    // Gone already, or the engine is: nothing more can be done.
  }
}
