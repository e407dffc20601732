import type { ImageReference } from "../stage/stage.ts";

const DIGEST = /@([A-Za-z][\w.+-]*:[0-9a-fA-F]{32,})$/;
/** A tag stands behind the last `/`, where a colon cannot be a port's. */
const TAG = /:([\w][\w.-]{0,127})$/;
const DOCKER_HUB: ReadonlySet<string> = new Set([
  "docker.io",
  "index.docker.io",
  "registry-1.docker.io",
  "registry.hub.docker.com",
]);

/**
 * Takes an image's name apart as the engine does (distribution/reference, 2026): `docker.io/library/golang:1.26` is
 * `golang` with the tag 1.26, `localhost:5000/a/b` has a port and no tag. Any text gives an answer.
 */
export function parseImageReference(text: string): ImageReference {
  const digest = DIGEST.exec(text)?.[1];
  const withoutDigest = digest === undefined ? text : text.slice(0, -digest.length - 1);
  const slash = withoutDigest.lastIndexOf("/");
  const tag = TAG.exec(withoutDigest.slice(slash + 1))?.[1];
  const name = tag === undefined ? withoutDigest : withoutDigest.slice(0, -tag.length - 1);
  return { name: familiarName(name), tag, digest, text };
}

/** The name as Docker shows it: Docker Hub and its `library/` left out. */
export function familiarName(name: string): string {
  const [first = "", ...rest] = name.split("/");
  const path = rest.length > 0 && DOCKER_HUB.has(first.toLowerCase()) ? rest : [first, ...rest];
  return path.length === 2 && path[0] === "library" ? (path[1] ?? name) : path.join("/");
}
