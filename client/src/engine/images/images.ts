import { ask, type Connection, callForList } from "../connection.ts";
import type { ImageSummary } from "../engine.ts";

/** What is read of `/images/json`. */
interface RawImage {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly Size: number;
}

/** The engine's images, newest first; what only builds left behind without a tag is among them. */
export async function listImages(
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<readonly ImageSummary[]> {
  const images = await ask(connection, "listing images", signal, () =>
    callForList<RawImage>(connection, { method: "GET", path: "/images/json" }, signal),
  );
  return images
    .map((image) => ({
      id: image.Id,
      tags: realTags(image.RepoTags),
      created: image.Created * 1000,
      listedSize: image.Size,
    }))
    .sort((one, another) => another.created - one.created);
}

/**
 * Engines write `<none>:<none>`, null or nothing for an image without a tag. Podman writes names of Docker Hub out
 * (`docker.io/library/alpine:3.24`), also for what is built here through its socket: they are what Docker calls `alpine:3.24`.
 */
export function realTags(tags: readonly string[] | null | undefined): readonly string[] {
  return (tags ?? [])
    .filter((it) => !it.startsWith("<none>"))
    .map((it) => it.replace(/^docker\.io\/(?:library\/(?=[^/]+$))?/, ""));
}
