import type { ImageFactsSource } from "../../../model/image/facts.ts";
import { newerFirst } from "../../../model/image/newer-tags.ts";

/** `nginx`, `registry:5000/app`: no tag behind the name. */
export function isUntagged(reference: string): boolean {
  return !/:[^/]+$/.test(reference);
}

/** A tag that is a version without a variant: `3.24`, and not `3.24-slim`. */
export function isVersionTag(tag: string): boolean {
  return /^v?\d+(\.\d+)*$/.test(tag);
}

/**
 * The newest version that is known of an image: a tag without a variant, which is the image that no tag means.
 * Debian's are named.
 */
export function newestVersionTag(name: string, images: ImageFactsSource): string | undefined {
  const tags = images.tags(name);
  const [newest] = tags.filter(isVersionTag).toSorted(newerFirst);
  return newest ?? (name === "debian" ? tags[0] : undefined);
}
