import type { Comparison } from "../sizes/comparison/comparison.ts";
import type { ComparedEntry } from "../sizes/comparison/file-difference.ts";
import type { ComparedImages } from "./compared-images.ts";

/** A file that the user opens. */
export interface OpenedFile {
  /** An image's id, and what it is called. */
  readonly image: string;
  readonly label: string;
  readonly path: string;
  /** The layer that stores it, for one that another layer hides. */
  readonly layer?: string;
  /** Another image, whose file of the same path is shown beside it as the older one. */
  readonly against?: { readonly image: string; readonly label: string };
}

/**
 * What opens where the user picks a path: the file as an image has it, by index, or as the first one has it where it is gone.
 * `beside`: together with the first one's, where the content of the two differs. Undefined for what no image has as a file.
 */
export function openedFile(
  { comparison: { images }, files }: ComparedImages,
  path: string,
  image: number,
  beside: boolean,
): OpenedFile | undefined {
  const entry = files?.difference.find(path);
  if (!entry || entry.isDirectory) return undefined;
  const shown = entry.versions[image] ? images[image] : images[0];
  if (!shown) return undefined;
  const [first] = images;
  const file = { image: shown.id, label: shown.label, path };
  // Files that were only listed may differ however they look.
  const mayDiffer = entry.statuses[image] === "changed" || !files?.areRead;
  const isBoth = beside && first && shown !== first && mayDiffer;
  return isBoth && isFile(entry, 0) && isFile(entry, image)
    ? { ...file, against: { image: first.id, label: first.label } }
    : file;
}

function isFile({ versions }: ComparedEntry, image: number): boolean {
  const kind = versions[image]?.entry.kind;
  return kind === "file" || kind === "hard-link";
}

/** A file that a layer stores and another one hides: one that the comparison itself names. */
export function hiddenFile(
  { images }: Comparison,
  { image, path, layer }: { readonly image: number; readonly path: string; readonly layer: string },
): OpenedFile | undefined {
  const of = images[image];
  const isNamed = of?.read?.waste.some(
    (it) => it.storedIn === layer && it.places.some((place) => place.file === path),
  );
  return of && isNamed ? { image: of.id, label: of.label, path, layer } : undefined;
}
