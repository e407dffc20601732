import { writtenRegistry } from "../../../../server/src/syntax/image-name/registry.ts";

/** A reference as registries and the engine take it apart. */
export interface ImageReference {
  /** `docker.io` where none is written. */
  readonly host: string;
  /** As written, without tag and digest. */
  readonly name: string;
  /** A tag, or `sha256:…`; `latest` where neither is written. */
  readonly tag: string;
}

/** Takes `ghcr.io/team/api:1.0` apart, by the rules of Docker's references (distribution/reference, read 2026-11). */
export function imageReference(reference: string): ImageReference {
  const [named = "", digest] = reference.split("@");
  // A colon in front of a slash is a registry's port.
  const [, name = named, tag] = /^(.+?)(?::([^:/]+))?$/.exec(named) ?? [];
  return { host: registryHost(name), name, tag: digest ?? tag ?? "latest" };
}

/** The host of the registry that a name says; Docker Hub's is `docker.io`. */
export function registryHost(name: string): string {
  return writtenRegistry(name) ?? "docker.io";
}
