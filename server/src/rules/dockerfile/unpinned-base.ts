import type { ImageFactsSource } from "../../model/image/facts.ts";
import type { ImageReference } from "../../model/stage/stage.ts";
import { source } from "../../text/source.ts";
import { isUntagged, isVersionTag } from "../knowledge/images/version-tags.ts";
import { isNamedContext } from "../knowledge/stages/named-contexts.ts";
import { stageRule } from "../rule.ts";
import { pinImage } from "../writing/images/pin-image.ts";

export const unpinnedBase = stageRule({
  id: "unpinned-base",
  title: "Base image without a version",
  severity: "warning",
  tags: ["reproducible"],
  aliases: ["DL3006", "DL3007", "CKV_DOCKER_7", "DS-0001", "S8431"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a base image without tag, or with the tag \`latest\`, unless a digest pins it. Names that hold the
      version themselves and have no version tags, as distroless images do, are left alone.`,
    why: source`
      Such a build takes whatever is newest on that day: it can break without any change of yours, and nobody can say
      later what it was built from.`,
    bad: source`
      FROM alpine
           ^^^^^^ unpinned-base: alpine has no tag, so each build takes the newest image.
      FROM nginx:latest
           ^^^^^^^^^^^^ unpinned-base`,
    good: source`
      FROM alpine:3.24 AS files
      FROM nginx:1.30`,
  },

  check(stage, report) {
    const { base, model } = stage;
    if (base.kind !== "image" || base.image.digest !== undefined) return;
    const { image, word } = base;
    const tag = image.tag ?? "latest";
    if (isNamedContext(word.raw, model)) return;
    // A variable is there to be set from outside.
    if (word.raw.includes("$") || tag !== "latest" || hasVersionInName(image, model.inputs.images)) return;

    const untagged = isUntagged(image.text);
    const message = untagged
      ? `${image.text} has no tag, so each build takes the newest image.`
      : `${image.text} is another image whenever a new version comes out.`;
    const named = model.findStage(image.text);
    const later = named && named.index > stage.index ? named.nameWord : undefined;
    report(word.span, message, {
      related: untagged && later ? [{ message: takenForImage(image.text), span: later.span }] : [],
      fixes: word.raw === image.text ? pinImage(image.name, image.text, word.span, model.inputs.images) : [],
      aliases: untagged
        ? ["DL3006", "CKV_DOCKER_7", "S8431"]
        : ["DL3007", "CKV_DOCKER_7", "DS-0001", "S8431"],
    });
  },
});

function takenForImage(name: string): string {
  return `The stage ${name} begins here, and FROM takes stages above it only, so that ${name} is an image.`;
}

/** `gcr.io/distroless/static-debian12` is released as `latest`, `nonroot` and `debug` only. */
function hasVersionInName({ name }: ImageReference, images: ImageFactsSource): boolean {
  const tags = images.tags(name);
  return /-debian\d+$/.test(name) && tags.length > 0 && !tags.some(isVersionTag);
}
