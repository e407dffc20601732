import { parseImageReference } from "../../../model/image/reference.ts";
import { type Withdrawn, withdrawnImage } from "../../../model/image/withdrawn-images.ts";
import { replace } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";
import type { Fix } from "../../rule.ts";

/** What is said of an image that is gone, by its name as it is written at `span`; undefined for others. */
export function withdrawn(text: string, span: Span): { message: string; fixes: Fix[] } | undefined {
  const image = parseImageReference(text);
  const found = withdrawnImage(image);
  return found && { message: messageOf(found), fixes: fixesOf(text, span, image.tag, found) };
}

function messageOf({ what, since, name }: Withdrawn): string {
  return `${what} has not been on Docker Hub since ${since}; its last releases, which get no fixes, are at ${name}.`;
}

/** Another place is no other image, but nothing of what the author chose by himself. */
function fixesOf(text: string, span: Span, tag: string | undefined, { name }: Withdrawn): Fix[] {
  if (text.includes("@") || span.end - span.start !== text.length) return [];
  const edit = replace(span, tag === undefined ? name : `${name}:${tag}`);
  return [{ kind: "unsafe", title: `Take it from ${name}`, edits: [edit] }];
}
