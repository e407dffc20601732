import type { ImageReference } from "../model/stage/stage.ts";
import { writtenRegistry } from "../syntax/image-name/registry.ts";

/**
 * The page of an image's registry where people read about it; undefined where none is known (the addresses that registries and
 * their documentation use, read 2026-11).
 */
export function registryPage({ name }: ImageReference): string | undefined {
  if (!/^[\w./-]+$/.test(name) || name === "scratch") return undefined;
  const registry = writtenRegistry(name);
  if (registry === undefined) {
    const parts = name.split("/").length;
    if (parts === 1) return `https://hub.docker.com/_/${name}`;
    return parts === 2 ? `https://hub.docker.com/r/${name}` : undefined;
  }
  const path = name.slice(registry.length + 1);
  switch (registry) {
    case "ghcr.io":
      return `https://ghcr.io/${path}`;
    case "quay.io":
      return `https://quay.io/repository/${path}`;
    case "mcr.microsoft.com":
      return `https://mcr.microsoft.com/artifact/mar/${path}`;
    case "public.ecr.aws":
      return `https://gallery.ecr.aws/${path}`;
    default:
      return undefined;
  }
}
