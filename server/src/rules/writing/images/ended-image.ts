import type { EndOfLife } from "../../../model/image/end-of-life.ts";
import type { ImageFactsSource } from "../../../model/image/facts.ts";
import type { ImageReference } from "../../../model/stage/stage.ts";
import { replace } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";
import type { Fix } from "../../rule.ts";

/** What is said of an image that gets no more fixes. */
export function endedMessage({ what, end, isEarlier, isSystem, instead }: EndOfLife): string {
  if (instead !== undefined) return `The image was given up in ${end}: take ${instead}.`;
  const where = isSystem ? ", which this image is built on," : "";
  return `${what}${where} has had no security fixes since ${isEarlier ? "before " : ""}${end}.`;
}

/** The same variant of a version that is maintained, where that is known to be there; the name is written at `span` as a whole. */
export function maintainedInstead(
  image: ImageReference,
  span: Span,
  { successor, isSystem }: EndOfLife,
  images: ImageFactsSource,
): Fix[] {
  const { tag = "" } = image;
  if (successor === undefined || isSystem || !image.text.endsWith(`:${tag}`)) return [];
  const [, variant = ""] = /^[^-]*(.*)$/.exec(tag) ?? [];
  const plain = variant.replace(/-(alpine)[\d.]+$/, "-$1").replace(/-(jessie|stretch|buster|bullseye)\b/, "");
  const next = images.tags(image.name).find((it) => it === successor + plain);
  if (next === undefined) return [];
  const at = { start: span.end - tag.length, end: span.end };
  return [{ kind: "unsafe", title: `Use ${image.name}:${next}`, edits: [replace(at, next)] }];
}
