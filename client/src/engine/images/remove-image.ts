import { ask, type Connection, call, callForList, callForObject } from "../connection.ts";
import { engineContainers } from "../containers/containers.ts";
import { EngineError } from "../engine.ts";
import { realTags } from "./images.ts";
import { type RawImage, unsharedBytes } from "./listed-images.ts";
import type { ImageRemoval } from "./store-types.ts";

/** What would go, and who needs it. Throws `not-found` when there is no such image. */
export async function imageRemoval(
  connection: Connection,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<ImageRemoval> {
  const [inspected, sized, containers] = await Promise.all([
    ask(connection, `inspecting ${reference}`, signal, () =>
      callForObject<{ readonly Id: string; readonly RepoTags?: readonly string[] | null }>(
        connection,
        { method: "GET", path: `/images/${reference}/json` },
        signal,
      ),
    ),
    ask(connection, "listing images", signal, () =>
      callForList<RawImage>(
        connection,
        { method: "GET", path: "/images/json", query: { "shared-size": "true", manifests: "true" } },
        signal,
      ),
    ),
    engineContainers(connection).list(signal),
  ]);
  const { Id: id } = inspected;
  const tags = realTags(inspected.RepoTags);
  const otherTags = tags.filter((it) => !isSameName(it, reference));
  const isTag = otherTags.length < tags.length;
  const image = sized.find((it) => it.Id === id);
  const users = containers.filter((it) => it.imageId === id);
  return {
    reference,
    id,
    otherTags: isTag ? otherTags : [],
    bytes: image === undefined ? 0 : unsharedBytes(image),
    running: users.filter((it) => it.health !== "stopped").map((it) => it.name),
    stopped: users.filter((it) => it.health === "stopped").map((it) => it.name),
  };
}

/** Podman lists names with all that Docker leaves out: `docker.io/library/alpine:latest`, `localhost/api:1`. */
function isSameName(tag: string, reference: string): boolean {
  const short = tag.replace(/^(docker\.io\/(library\/)?|localhost\/)/, "");
  return [tag, short].some((it) => it === reference || it === `${reference}:latest`);
}

/**
 * Removes a name, and the image with its last one. Stores differ in what they do about containers: the graph store refuses
 * (409), the containerd store takes the image from under them (28.5.2). So it is asked here who needs it.
 */
export async function removeImage(
  connection: Connection,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { running, stopped, otherTags, id } = await imageRemoval(connection, reference, signal);
  const isInUse = otherTags.length === 0 && running.length + stopped.length > 0;
  if (isInUse) throw inUse(reference, running, stopped);
  try {
    await ask(connection, `removing ${reference}`, signal, () =>
      call(connection, { method: "DELETE", path: `/images/${reference}` }, signal),
    );
  } catch (error) {
    if (!(error instanceof EngineError) || error.failure.kind !== "conflict") throw error;
    const message = /child images/i.test(error.message)
      ? `${named(reference)} is what other images here were built on by the classic builder. Remove those first.`
      : /multiple (repositories|tags)|referenced in multiple/i.test(error.message)
        ? `${named(id)} has several names. Remove them one by one: ${otherTags.join(", ")}.`
        : error.message;
    throw new EngineError({ kind: "conflict", message }, message);
  }
}

function inUse(reference: string, running: readonly string[], stopped: readonly string[]): EngineError {
  const users = [...running, ...stopped];
  const message =
    running.length > 0
      ? `${named(reference)} is in use: ${running.join(", ")} ${running.length === 1 ? "runs" : "run"} from it. Stop and remove ${users.length === 1 ? "that container" : `these containers first: ${users.join(", ")}`}${users.length === 1 ? " first" : ""}.`
      : `${named(reference)} is in use by stopped containers: ${stopped.join(", ")}. Remove ${stopped.length === 1 ? "it" : "them"} first.`;
  return new EngineError({ kind: "conflict", message }, message);
}

function named(reference: string): string {
  return /^sha256:[0-9a-f]{64}$/.test(reference) ? `The image ${reference.slice(7, 19)}` : reference;
}
