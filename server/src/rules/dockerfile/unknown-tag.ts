import { replace } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { TAG_VARIANTS } from "../knowledge/images/tag-variants.ts";
import { isNamedContext } from "../knowledge/stages/named-contexts.ts";
import { instructionRule } from "../rule.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";

export const unknownTag = instructionRule({
  id: "unknown-tag",
  title: "Variant of an official image that is misspelled",
  severity: "hint",
  tags: ["build"],
  aliases: ["S24", "unknown-official-tag"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a tag of an official image whose variant is one letter or two away from one that there is: \`24-apline\`,
      \`3.14-slm\`. Which versions there are cannot be known offline, so numbers are left alone.`,
    why: source`
      The build stops at FROM with "not found", and on a slow line only after a while.`,
    bad: source`
      FROM node:24-apline
                   ^^^^^^ unknown-tag: apline is no variant of node; did you mean alpine?`,
    good: source`
      FROM node:24-alpine`,
  },
  instructions: ["FROM"],

  check(_, { base, model }, report) {
    if (base.kind !== "image" || base.image.tag === undefined || isNamedContext(base.word.raw, model)) return;
    const { image, word } = base;
    const { images } = model.inputs;
    const tags = images.tags(image.name);
    // Only what Docker itself publishes is known well enough.
    if (
      image.name.includes("/") ||
      tags.length === 0 ||
      image.digest !== undefined ||
      word.raw !== image.text
    )
      return;
    const known = partsOf(tags);
    let start = word.span.end - (image.tag ?? "").length;
    for (const part of (image.tag ?? "").split("-")) {
      const letters = /^[a-z]{4,}/.exec(part)?.[0];
      if (letters !== undefined && !known.has(letters) && !known.has(part)) {
        const near = nearestName(letters, TAG_VARIANTS, 2);
        const span = { start, end: start + letters.length };
        if (near !== undefined)
          report(span, `${letters} is no variant of ${image.name}${didYouMean(near)}`, {
            fixes: [
              { kind: "unsafe", title: `Replace ${letters} with ${near}`, edits: [replace(span, near)] },
            ],
          });
      }
      start += part.length + 1;
    }
  },
});

/** Words that tags are put together from. */
function partsOf(tags: readonly string[]): ReadonlySet<string> {
  const known = partsByTags.get(tags);
  if (known) return known;
  const parts = new Set([...TAG_VARIANTS, ...tags.flatMap((it) => it.split("-"))]);
  partsByTags.set(tags, parts);
  return parts;
}

/** Kept, since the list of an image is the same for each stage that is built on it. */
const partsByTags = new WeakMap<readonly string[], ReadonlySet<string>>();
