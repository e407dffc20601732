import { ask, type Connection, call, callForObject } from "../connection.ts";
import { engineContainers } from "../containers/containers.ts";
import { EngineError } from "../engine.ts";
import { imageReference } from "../registry/image-reference.ts";
import { pull, push } from "../registry/image-transfer.ts";
import { listedImages } from "./listed-images.ts";
import { prunable } from "./prunable.ts";
import { prune } from "./prune.ts";
import { imageRemoval, removeImage } from "./remove-image.ts";
import type { EngineStore } from "./store-types.ts";

export function engineStore(connection: Connection): EngineStore {
  return {
    images: (signal) => listedImages(connection, engineContainers(connection), signal),
    inspectImage: (reference, signal) =>
      ask(connection, `inspecting ${reference}`, signal, () =>
        callForObject<object>(connection, { method: "GET", path: `/images/${reference}/json` }, signal),
      ),
    tag: (reference, name, signal) => tag(connection, reference, name, signal),
    pull: (reference, platform, signal) => pull(connection, reference, platform, signal),
    push: (reference, signal) => push(connection, reference, signal),
    removal: (reference, signal) => imageRemoval(connection, reference, signal),
    remove: (reference, signal) => removeImage(connection, reference, signal),
    prunable: (signal) => prunable(connection, signal),
    prune: (what, signal) => prune(connection, what, signal),
  };
}

async function tag(
  connection: Connection,
  reference: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { name: repo, tag: version } = imageReference(name);
  try {
    await ask(connection, `tagging ${reference}`, signal, () =>
      call(
        connection,
        { method: "POST", path: `/images/${reference}/tag`, query: { repo, tag: version } },
        signal,
      ),
    );
  } catch (error) {
    if (!(error instanceof EngineError) || error.failure.kind !== "not-found") throw error;
    throw new EngineError(
      { kind: "not-found", what: reference },
      `There is no image ${reference} here any more.`,
    );
  }
}
