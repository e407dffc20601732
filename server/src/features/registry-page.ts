import type { ImageReference } from "../model/stage/stage.ts";

/** The page of an image's registry where people read about it; undefined where none is known (the addresses that registries and their documentation use, read 2026-11). */
export function registryPage({ name }: ImageReference): string | undefined {
  const [first = "", ...rest] = name.split("/");
  if (!/^[\w./-]+$/.test(name) || name === "scratch") return undefined;
  if (!first.includes(".") && !first.includes(":") && first !== "localhost") {
    if (rest.length === 0) return `https://hub.docker.com/_/${first}`;
    return rest.length === 1 ? `https://hub.docker.com/r/${name}` : undefined;
  }
  const path = rest.join("/");
  switch (first) {
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
