import { choice } from "../candidate.ts";
import { completeImage } from "../images.ts";
import type { Asked, Proposal } from "./asked.ts";

/** Names of images, each with its tags to choose from; behind a colon the tags of the image. */
export function images({ project, cursor }: Asked): readonly Proposal[] {
  const { offset, typed, rest } = cursor;
  const known = project.images;
  return completeImage(known, offset, typed).map(({ label, kind, detail, documentation, rank, edit }) => {
    const keep = edit.span.start - (offset - typed.length);
    if (kind !== "image") return { label, kind, detail, documentation, rank, keep };
    // What is written of a tag already stays behind a new name.
    const ahead = /^[^:@]*/.exec(rest)?.[0].length ?? 0;
    const tags = ahead < rest.length ? [] : known.tags(label).slice(0, MOST_TAGS);
    if (tags.length === 0) return { label, kind, detail, rank, keep, ahead };
    return { label, kind, detail, rank, keep, ahead, text: `${label}:${choice(tags)}`, snippet: true };
  });
}

const MOST_TAGS = 12;
