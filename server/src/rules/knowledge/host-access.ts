import type { Service } from "../../model/compose/project.ts";
import { scalarAt } from "../../syntax/compose/find.ts";

/** Has the container all rights of the host's root (`privileged: true`)? False where a variable decides. */
export function isPrivileged({ node }: Service): boolean {
  return scalarAt(node, "privileged")?.value.toLowerCase() === "true";
}

/**
 * Is it an image that does nothing without such rights: an engine in a container? By the names of Docker's and BuildKit's own
 * images (hub.docker.com/_/docker, moby/buildkit, read 2026-11).
 */
export function isEngineItself({ image }: Service): boolean {
  const { name = "", tag = "" } = image?.value ?? {};
  if (name === "moby/buildkit") return !tag.includes("rootless");
  return name === "docker" && /(^|-)dind(-|$)/.test(tag) && !tag.includes("rootless");
}
