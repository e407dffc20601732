import type { ImageFactsSource } from "../../../model/image/facts.ts";
import { insert, replace } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";
import { isUntagged, newestVersionTag } from "../../knowledge/images/version-tags.ts";
import type { Fix } from "../../rule.ts";

/** Gives an image that is written without tag, or with `latest`, the newest version that is known of it. */
export function pinImage(name: string, text: string, span: Span, images: ImageFactsSource): Fix[] {
  const tag = newestVersionTag(name, images);
  if (tag === undefined) return [];
  const edit = isUntagged(text)
    ? insert(span.end, `:${tag}`)
    : replace({ start: span.end - "latest".length, end: span.end }, tag);
  return [{ kind: "unsafe", title: `Pin to ${name}:${tag}`, edits: [edit] }];
}
