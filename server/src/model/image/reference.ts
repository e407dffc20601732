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

/**
 * The official image of Docker Hub that a name stands for, where it is fetched from a public copy of these images or built for
 * one architecture: `node` for `public.ecr.aws/docker/library/node` and for `arm64v8/node`. Any other name stays as it is.
 */
export function officialName(name: string): string {
  const copy = COPIES.find((it) => name.startsWith(it));
  if (copy !== undefined) return familiarName(name.slice(copy.length));
  const slash = name.indexOf("/");
  return slash > 0 && ARCHITECTURES.has(name.slice(0, slash)) ? name.slice(slash + 1) : name;
}

/** Amazon's and Google's (docs of ECR Public and Artifact Registry, read 2026-11-26). */
const COPIES = ["public.ecr.aws/docker/library/", "mirror.gcr.io/"];

/** Accounts with the official images of one architecture each (docker-library/official-images, README, as generally known). */
const ARCHITECTURES: ReadonlySet<string> = new Set([
  "amd64",
  "arm32v5",
  "arm32v6",
  "arm32v7",
  "arm64v8",
  "i386",
  "mips64le",
  "ppc64le",
  "riscv64",
  "s390x",
]);
